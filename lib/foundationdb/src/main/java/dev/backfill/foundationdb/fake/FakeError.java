package dev.backfill.foundationdb.fake;

import com.apple.foundationdb.FDBException;
import java.util.Set;

/** An error as the client throws it, which knows without the client's library whether trying again helps. */
public final class FakeError extends FDBException {
    private static final Set<Integer> RETRYABLE = Set.of(1007, 1009, 1020, 1021, 1037, 1039, 1042, 1051, 1078, 1213);

    public FakeError(String message, int code) {
        super(message, code);
    }

    static FakeError tooOld() {
        return new FakeError("Transaction is too old to perform reads or be committed", 1007);
    }

    static FakeError tooLarge() {
        return new FakeError("Transaction exceeds byte limit", 2101);
    }

    static FakeError timedOut() {
        return new FakeError("Operation aborted because the transaction timed out", 1031);
    }

    @Override
    public boolean isRetryable() {
        return RETRYABLE.contains(getCode());
    }

    @Override
    public boolean isMaybeCommitted() {
        return getCode() == 1021;
    }

    @Override
    public boolean isRetryableNotCommitted() {
        return isRetryable() && !isMaybeCommitted();
    }

    /** Futures clone what they carry. */
    @Override
    public Exception retargetClone() {
        FakeError clone = new FakeError(String.valueOf(getMessage()), getCode());
        clone.initCause(this);
        return clone;
    }
}
