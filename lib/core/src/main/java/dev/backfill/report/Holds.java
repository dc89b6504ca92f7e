package dev.backfill.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How long each throttle has held the run. */
final class Holds {
    private final Map<String, Duration> times = new TreeMap<>();

    void add(String throttle, Duration time) {
        times.merge(throttle, time, Duration::plus);
    }

    /** The share of the elapsed time that each held, from 0 to 1. */
    Map<String, Double> shares(Duration elapsed) {
        Map<String, Double> shares = new TreeMap<>();
        times.forEach((throttle, time) ->
                shares.put(throttle, Math.min(1, (double) time.toNanos() / Math.max(1, elapsed.toNanos()))));
        return shares;
    }

    /** "pause 1 s for 62 % of the time", for the one that held longest. */
    Optional<String> most(Duration elapsed) {
        return shares(elapsed).entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .map(most -> most.getKey() + " for " + Figures.percent(most.getValue()) + " of the time");
    }
}
