package dev.backfill.control;

import dev.backfill.connector.LockWait;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run lets others see of itself between two saves.
 *
 * @param run its id
 * @param answered the number of the last request that it follows
 * @param held what has it now
 * @param shares the parts of this process' time, from 0 to 1, which add up to 1: work, each limit, waiting for retries
 * @param seconds how long this process has been at it
 * @param batch how many records go together now
 * @param rate records a second, lately
 * @param lastBatch when this process saved its last one
 * @param trouble the last error of this process, overcome or not
 * @param waits for which locks it waits now
 */
public record LiveStatus(
        String run,
        long answered,
        Optional<String> held,
        Map<String, Double> shares,
        double seconds,
        int batch,
        Instant at,
        OptionalDouble rate,
        Optional<Instant> lastBatch,
        Optional<Trouble> trouble,
        List<LockWait> waits) {
    /** An error, and when it happened. */
    public record Trouble(Instant at, String text) {}

    public LiveStatus {
        waits = waits == null ? List.of() : List.copyOf(waits); // what an earlier version wrote has none
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }
}
