package dev.backfill.checkpoint;

import java.util.Optional;

/**
 * A checkpoint as it was read.
 *
 * @param checkpoint nothing before the first save
 * @param epoch the fencing token of the last owner; 0 if there never was one
 * @param version grows with every save; says whether a save whose answer was lost took effect
 * @param holder nothing if nobody owns it
 */
public record CheckpointSnapshot(
        Optional<Checkpoint> checkpoint, long epoch, long version, Optional<LeaseHolder> holder) {
    /** What a store says of a document that it does not have. */
    public static CheckpointSnapshot nothing() {
        return new CheckpointSnapshot(Optional.empty(), 0, 0, Optional.empty());
    }
}
