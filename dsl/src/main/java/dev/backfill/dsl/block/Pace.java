package dev.backfill.dsl.block;

import dev.backfill.plan.ThrottleRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Collects what every block of work says about its size and speed. */
class Pace implements PaceBlock {
    private OptionalInt batch = OptionalInt.empty();
    private List<ThrottleRule> throttle = List.of();

    final OptionalInt batchSize() {
        return batch;
    }

    final List<ThrottleRule> limits() {
        return throttle;
    }

    @Override
    public final void batch(Integer records) {
        if (records < 1) {
            throw new IllegalArgumentException("a batch has at least 1 record, but is " + records);
        }
        batch = OptionalInt.of(records);
    }

    @Override
    public final void throttle(Consumer<ThrottleBlock> limits) {
        ThrottleBuilder builder = new ThrottleBuilder();
        limits.accept(builder);
        throttle = List.copyOf(builder.rules());
    }
}
