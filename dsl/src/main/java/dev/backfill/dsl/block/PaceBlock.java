package dev.backfill.dsl.block;

import dev.backfill.words.Word;
import java.util.function.Consumer;

/** Says how much goes together, and how fast: words of every block of work. */
public interface PaceBlock {
    @Word(value = "How many records go together.", example = "batch 1000")
    void batch(Integer records);

    @Word(value = "How fast it may go.", example = "throttle { pause 1.0 }")
    void throttle(Consumer<ThrottleBlock> limits);
}
