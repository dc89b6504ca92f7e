package dev.backfill.retry;

import dev.backfill.connector.Failure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts the failures of one step until it succeeds. A server that asks to be called later has not failed: such waits are
 * bounded by their length, not by their number. Used by one thread.
 */
public final class Attempts {
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final String doing;
    private final RetryPolicy policy;
    private final Waiter waiter;
    private final RandomGenerator random;
    private final RetryListener listener;
    private int failures;
    private int throttles;
    private Duration throttled = Duration.ZERO;

    Attempts(String doing, RetryPolicy policy, Waiter waiter, RandomGenerator random, RetryListener listener) {
        this.doing = doing;
        this.policy = policy;
        this.waiter = waiter;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws Failure the same if all attempts are used up; {@link ThrottledFailure} with the instant to come back at if the
     *     server asks for more patience than a run has
     */
    public void failed(Failure failure) {
        failed(doing, failure);
    }

    /**
     * The same for a part of the step that has a name of its own.
     *
     * @param part what the part does, for messages
     */
    public void failed(String part, Failure failure) {
        if (failure instanceof ThrottledFailure asks) {
            throttled(part, asks);
            return;
        }
        failures++;
        Failure explained = listener.explained(failure);
        if (failures >= policy.attempts()) {
            throw explained;
        }
        await(part, explained, failures, policy.delay(failures, random.nextDouble()));
    }

    private void throttled(String part, ThrottledFailure asks) {
        throttles++;
        Duration wait = asks.delay()
                .filter(told -> !told.isZero())
                .orElseGet(() -> policy.delay(throttles, random.nextDouble()));
        throttled = throttled.plus(wait.compareTo(NEVER) > 0 ? NEVER : wait);
        if (throttled.compareTo(RetryPolicy.PATIENCE) > 0) {
            throw tooLong(part, asks, wait);
        }
        await(part, asks, throttles, wait);
    }

    private ThrottledFailure tooLong(String part, ThrottledFailure asks, Duration wait) {
        Instant next = waiter.time().now().plus(wait.compareTo(NEVER) > 0 ? NEVER : wait);
        return new ThrottledFailure(
                part + ": " + asks.getMessage() + "; it asks to be called again at " + next + ", and a run waits "
                        + RetryPolicy.PATIENCE.toMinutes()
                        + " minutes at most for one answer; start the same command again then",
                Optional.of(wait),
                asks);
    }

    private void await(String part, Failure failure, int attempt, Duration wait) {
        listener.retrying(part, failure, attempt, wait);
        try {
            listener.waiting(failure, wait, waiter);
        } finally {
            listener.waited();
        }
    }
}
