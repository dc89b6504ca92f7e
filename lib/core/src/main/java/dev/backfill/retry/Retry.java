package dev.backfill.retry;

import dev.backfill.connector.Failure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.time.Waiter;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries a step again if its failure is one that may pass; all other failures go through at once. Its waits end when the
 * run is to stop.
 */
public final class Retry {
    private final RetryPolicy policy;
    private final Waiter waiter;
    private final RandomGenerator random;
    private final RetryListener listener;

    public Retry(RetryPolicy policy, Waiter waiter, RandomGenerator random, RetryListener listener) {
        this.policy = policy;
        this.waiter = waiter;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Runs the step until it succeeds, and gives its result. The last failure goes through when all attempts are used up.
     *
     * @param doing what the step does, for messages: "reading public.products"
     */
    public <T> T run(String doing, Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (TransientFailure | ThrottledFailure failure) {
                again(doing, failure, attempt);
            }
        }
    }

    /** Waits before the next attempt, or throws the failure if there is none left. */
    public void again(String doing, Failure failure, int attempt) {
        if (attempt >= policy.attempts()) {
            throw failure;
        }
        Duration wait = policy.delay(attempt, random.nextDouble());
        if (failure instanceof ThrottledFailure throttled) {
            wait = throttled.delay().filter(told -> !told.isZero()).orElse(wait);
        }
        listener.retrying(doing, failure, attempt, wait);
        try {
            listener.waiting(failure, wait, waiter);
        } finally {
            listener.waited();
        }
        listener.goingOn(failure);
    }
}
