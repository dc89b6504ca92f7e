package dev.backfill.dsl.block;

import dev.backfill.pace.ThrottleBlock;
import dev.backfill.words.Keys;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** Says how much goes together, and how fast: words of every block of work. */
public interface PaceBlock {
    @Word(
            value =
                    "How many records go together; with target: so many at first, then as many as take that many seconds.",
            example = "batch 1000")
    void batch(Integer records);

    void batch(@Keys(value = "target", types = Number.class) Map<String, Object> named, Integer records);

    @Word(value = "How fast it may go.", example = "throttle { pause 1.0 }")
    void throttle(Consumer<ThrottleBlock> limits);
}
