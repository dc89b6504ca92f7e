package dev.backfill.checkpoint;

/** The checkpoint's place holds something that this runtime did not write. */
public class ForeignCheckpointException extends RuntimeException {
    public ForeignCheckpointException(String message) {
        super(message);
    }
}
