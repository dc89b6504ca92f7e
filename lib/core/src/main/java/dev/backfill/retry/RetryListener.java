package dev.backfill.retry;

import dev.backfill.connector.Failure;
import dev.backfill.time.Waiter;
import java.time.Duration;

/** Hears of every failure that is tried again. */
@FunctionalInterface
public interface RetryListener {
    /** A failure is to be tried again after this wait. */
    void retrying(String doing, Failure failure, int attempt, Duration wait);

    /** The same failure, or one that says more of its cause. */
    default Failure explained(Failure failure) {
        return failure;
    }

    /** Returns when that wait is over and the next attempt may begin; {@link dev.backfill.time.StoppedException} if the run is to stop. */
    default void waiting(Failure failure, Duration wait, Waiter waiter) {
        waiter.pause(wait);
    }

    /** That wait is over, or was broken off. */
    default void waited() {}
}
