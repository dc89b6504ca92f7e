package dev.backfill.checkpoint;

import java.util.OptionalLong;

/**
 * On what ground a checkpoint is taken.
 *
 * @param epoch the owner seen, whose process is known to be gone or who is to be displaced; nothing: only a free or expired
 *     checkpoint is taken
 */
public record Claim(OptionalLong epoch) {
    public static Claim ifFree() {
        return new Claim(OptionalLong.empty());
    }

    public static Claim from(long epoch) {
        return new Claim(OptionalLong.of(epoch));
    }
}
