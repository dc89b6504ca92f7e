package dev.backfill.control;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run lets others see of itself between two saves.
 *
 * @param run its id
 * @param answered the number of the last wish that it follows
 * @param held what holds it now
 * @param shares the parts of this process' time, from 0 to 1, which add up to 1: work, each limit, waiting for retries
 * @param seconds how long this process has been at it
 * @param batch how many records go together now
 */
public record Pulse(
        String run,
        long answered,
        Optional<String> held,
        Map<String, Double> shares,
        double seconds,
        int batch,
        Instant at) {
    public Pulse {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }
}
