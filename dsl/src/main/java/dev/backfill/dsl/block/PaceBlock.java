package dev.backfill.dsl.block;

import dev.backfill.pace.ThrottleBlock;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** Says how much goes together, and how fast: words of every block of work. */
public interface PaceBlock {
    @Word(value = "Sets how many records are written together.", example = "batch 1000", task = Task.PACE)
    void batch(Integer records);

    void batch(
            @Keys(
                            @Key(
                                    name = "target",
                                    type = Number.class,
                                    otherwise = "always the given number",
                                    value = "Adapts the size: from the given number on, to as many as take this many"
                                            + " seconds.",
                                    example = "batch 1000, target: 2.0"))
                    Map<String, Object> named,
            Integer records);

    @Word(value = "Limits the speed; all limits apply together.", example = "throttle { pause 1.0 }", task = Task.PACE)
    void throttle(Consumer<ThrottleBlock> limits);
}
