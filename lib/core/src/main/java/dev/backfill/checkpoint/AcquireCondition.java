package dev.backfill.checkpoint;

import java.util.OptionalLong;

/**
 * On what ground a checkpoint is taken.
 *
 * @param epoch the owner seen, whose process is known to be gone or who is to lose it; nothing: only a free or expired
 *     checkpoint is taken
 */
public record AcquireCondition(OptionalLong epoch) {
    public static AcquireCondition ifFree() {
        return new AcquireCondition(OptionalLong.empty());
    }

    public static AcquireCondition from(long epoch) {
        return new AcquireCondition(OptionalLong.of(epoch));
    }
}
