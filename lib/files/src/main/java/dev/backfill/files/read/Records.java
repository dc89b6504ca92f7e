package dev.backfill.files.read;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values that follow each other in a file. Used by one thread. */
interface Records extends AutoCloseable {
    /** The next record, a map, or an {@link Odd}; nothing after the last, and then the file is known to be whole. */
    Optional<Object> next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Stands for what is no record.
     *
     * @param value what is there, or null
     */
    record Odd(@Nullable Object value, String reason) {
        static Object unlessRecord(@Nullable Object value) {
            return value instanceof Map<?, ?> record ? record : new Odd(value, "this is no object");
        }
    }
}
