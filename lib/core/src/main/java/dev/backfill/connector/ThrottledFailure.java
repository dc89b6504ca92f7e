package dev.backfill.connector;

import java.time.Duration;
import java.util.Optional;

/** The server asks us to be slower. */
public final class ThrottledFailure extends Failure {
    private final transient Optional<Duration> wait;

    /**
     * @param wait how long the server says to wait, if it says so
     */
    public ThrottledFailure(String message, Optional<Duration> wait, Throwable cause) {
        super(message, cause);
        this.wait = wait;
    }

    public ThrottledFailure(String message, Optional<Duration> wait) {
        super(message);
        this.wait = wait;
    }

    public Optional<Duration> delay() {
        return wait;
    }
}
