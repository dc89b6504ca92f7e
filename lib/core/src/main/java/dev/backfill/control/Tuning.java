package dev.backfill.control;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a person has changed about the speed of a run; what is not there stays as the script says.
 *
 * @param rate records a second
 * @param pause seconds after each batch
 * @param parallel splits at once
 */
public record Tuning(OptionalInt batchSize, OptionalDouble rate, OptionalDouble pause, OptionalInt parallel) {
    public Tuning {
        batchSize.ifPresent(size -> require(size >= 1, "the batch size must be at least 1, but is " + size));
        rate.ifPresent(most -> require(most > 0, "the rate must be above 0, but is " + most));
        pause.ifPresent(time -> require(time >= 0, "the pause cannot be negative, but is " + time));
        parallel.ifPresent(splits -> require(splits >= 1, "at least 1 split is worked on, not " + splits));
    }

    public static Tuning none() {
        return new Tuning(OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty());
    }

    /** This, and what the later one says wherever it says something. */
    public Tuning and(Tuning later) {
        return new Tuning(
                later.batchSize.isPresent() ? later.batchSize : batchSize,
                later.rate.isPresent() ? later.rate : rate,
                later.pause.isPresent() ? later.pause : pause,
                later.parallel.isPresent() ? later.parallel : parallel);
    }

    @Override
    public String toString() {
        List<String> said = new ArrayList<>();
        batchSize.ifPresent(size -> said.add("batch size " + size));
        rate.ifPresent(most -> said.add("rate " + most + "/s"));
        pause.ifPresent(time -> said.add("pause " + time + " s"));
        parallel.ifPresent(splits -> said.add("parallel " + splits));
        return said.isEmpty() ? "as the script says" : String.join(", ", said);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
