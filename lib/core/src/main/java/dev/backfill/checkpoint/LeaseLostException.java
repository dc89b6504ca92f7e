package dev.backfill.checkpoint;

/** Somebody else owns the checkpoint now, or changed it; nothing of ours was saved. */
public final class LeaseLostException extends RuntimeException {
    public LeaseLostException(String message) {
        super(message);
    }
}
