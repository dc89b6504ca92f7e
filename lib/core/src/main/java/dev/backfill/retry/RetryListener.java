package dev.backfill.retry;

import dev.backfill.connector.Failure;
import java.time.Duration;

/** Hears of every failure that is tried again. */
@FunctionalInterface
public interface RetryListener {
    void retrying(String doing, Failure failure, int attempt, Duration wait);
}
