package dev.backfill.mongodb

import dev.backfill.connector.Resources

import java.util.concurrent.ConcurrentHashMap
import java.util.function.Supplier

/** What a spec has open; closes it in reverse order. */
class OpenResources implements Resources, AutoCloseable {
    private final Map<Object, AutoCloseable> open = Collections.synchronizedMap([:])

    @Override
    <T extends AutoCloseable> T shared(Object key, Class<T> type, Supplier<T> opening) {
        synchronized (open) {
            type.cast(open.computeIfAbsent(key) { opening.get() })
        }
    }

    @Override
    int connections() {
        4
    }

    @Override
    void close() {
        open.values().toList().reverse()*.close()
    }
}
