package dev.backfill.checkpoint;

/** Part of a checkpoint cannot be read as what this runtime writes: it is empty, cut off, or no JSON. */
public final class DamagedCheckpointException extends ForeignCheckpointException {
    private static final long serialVersionUID = 1;

    public DamagedCheckpointException(String message) {
        super(message);
    }
}
