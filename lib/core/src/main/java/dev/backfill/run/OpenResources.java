package dev.backfill.run;

import dev.backfill.connector.ConnectionPool;
import dev.backfill.connector.Resources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that a run has open. Closing continues after a failure to close, and only logs it. */
public final class OpenResources implements Resources, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenResources.class);

    private final int connections;
    private final boolean readOnly;
    private final Map<Object, AutoCloseable> shared = new HashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    public OpenResources(int connections) {
        this(connections, false);
    }

    public OpenResources(int connections, boolean readOnly) {
        this.connections = connections;
        this.readOnly = readOnly;
    }

    @Override
    public synchronized <T extends AutoCloseable> T shared(Object key, Class<T> type, Supplier<T> open) {
        AutoCloseable known = shared.get(key);
        if (known == null) {
            T fresh = owned(open.get());
            shared.put(key, fresh);
            return fresh;
        }
        return type.cast(known);
    }

    /** Closes the thing at the end of the run. */
    public synchronized <T extends AutoCloseable> T owned(T thing) {
        opened.push(thing);
        return thing;
    }

    /** The pools of connections that are open now. */
    public synchronized List<ConnectionPool> pools() {
        return shared.values().stream()
                .filter(ConnectionPool.class::isInstance)
                .map(ConnectionPool.class::cast)
                .toList();
    }

    /** All of this kind that are open, the last opened first. */
    public synchronized <T> List<T> all(Class<T> type) {
        return opened.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("could not be closed: {}", e.getMessage());
            }
        }
        shared.clear();
    }
}
