package dev.backfill.plan;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run lets the world know, and how.
 *
 * @param stall how long no batch may be saved before that is reported
 */
public record HookPlan(List<HookRule> rules, Duration stall) {
    /** Long enough for a batch that is retried for minutes. */
    private static final Duration STALL = Duration.ofMinutes(10);

    public HookPlan {
        rules = List.copyOf(rules);
        if (stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("a run stalls after a time above 0, but it is " + stall);
        }
    }

    public static HookPlan none() {
        return new HookPlan(List.of(), STALL);
    }

    /** These rules as well. */
    public HookPlan and(List<HookRule> more) {
        return new HookPlan(Stream.concat(rules.stream(), more.stream()).toList(), stall);
    }
}
