package dev.backfill.dsl.block;

import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Word;
import java.util.Map;

/** Limits the speed; all limits hold together. */
@Noun(value = "throttle", block = true)
public interface ThrottleBlock {
    @Word(value = "Waits so many seconds after each batch.", example = "pause 1.0")
    void pause(Number seconds);

    @Word(
            value = "At most so many records a second, or in the time that per: names.",
            example = "rate 600, per: 'minute'",
            repeats = true)
    void rate(Number records);

    void rate(
            @Keys(value = "per", types = String.class) @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            Number records);
}
