package dev.backfill.dsl.block;

import dev.backfill.pace.Seconds;
import dev.backfill.pace.ThrottleBlock;
import dev.backfill.pace.ThrottleBuilder;
import dev.backfill.plan.ThrottleRule;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Collects what every block of work says about its size and speed. */
class Pace implements PaceBlock {
    private OptionalInt batch = OptionalInt.empty();
    private List<ThrottleRule> time = List.of();
    private List<ThrottleRule> throttle = List.of();

    final OptionalInt batchSize() {
        return batch;
    }

    final List<ThrottleRule> limits() {
        return Stream.concat(time.stream(), throttle.stream()).toList();
    }

    @Override
    public final void batch(Integer records) {
        if (records < 1) {
            throw new IllegalArgumentException("a batch has at least 1 record, but is " + records);
        }
        batch = OptionalInt.of(records);
    }

    @Override
    public final void batch(Map<String, Object> named, Integer records) {
        batch(records);
        Number target = new NamedArguments(named)
                .number("target")
                .orElseThrow(() -> new IllegalArgumentException("'target:' must be given"));
        time = List.of(new ThrottleRule.BatchTime(Seconds.of("the target of a batch", target)));
    }

    @Override
    public final void throttle(Consumer<ThrottleBlock> limits) {
        ThrottleBuilder builder = new ThrottleBuilder();
        limits.accept(builder);
        throttle = builder.rules();
    }
}
