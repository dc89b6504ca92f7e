package dev.backfill.connector;

/** May work when it is tried again: a lost connection, a deadlock, a server that restarts. Nothing was changed, or doing it again is harmless. */
public final class TransientFailure extends Failure {
    private final boolean lock;

    public TransientFailure(String message, Throwable cause) {
        this(message, cause, false);
    }

    private TransientFailure(String message, Throwable cause, boolean lock) {
        super(message, cause);
        this.lock = lock;
    }

    /** One of a statement that waited too long for a lock. */
    public static TransientFailure locked(String message, Throwable cause) {
        return new TransientFailure(message, cause, true);
    }

    public TransientFailure(String message) {
        super(message);
        this.lock = false;
    }

    /** True if someone else held a lock for too long. */
    public boolean waitedForLock() {
        return lock;
    }
}
