package dev.backfill.inspection;

import dev.backfill.connector.Failure;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Resources;
import dev.backfill.run.OpenResources;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Opens what is to be looked at. A server that could not be reached is not tried again for each thing on it; those that
 * could be, and can look at themselves, are remembered. Used by one thread.
 */
final class Opened implements Resources {
    private final OpenResources resources;
    private final Map<Object, Failure> failures = new HashMap<>();
    private final Set<Inspectable> servers = new LinkedHashSet<>();

    Opened(OpenResources resources) {
        this.resources = resources;
    }

    /** The servers that are reached, in the order in which they were. */
    Set<Inspectable> servers() {
        return servers;
    }

    <T extends AutoCloseable> T owned(T thing) {
        return resources.owned(thing);
    }

    @Override
    public <T extends AutoCloseable> T shared(Object key, Class<T> type, Supplier<T> open) {
        Failure known = failures.get(key);
        if (known != null) {
            throw known;
        }
        try {
            T thing = resources.shared(key, type, open);
            if (thing instanceof Inspectable server) {
                servers.add(server);
            }
            return thing;
        } catch (Failure failure) {
            failures.put(key, failure);
            throw failure;
        }
    }

    @Override
    public int connections() {
        return resources.connections();
    }

    @Override
    public boolean readOnly() {
        return resources.readOnly();
    }
}
