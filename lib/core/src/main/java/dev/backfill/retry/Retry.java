package dev.backfill.retry;

import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.time.Waiter;
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
        Attempts attempts = attempts(doing);
        while (true) {
            try {
                return step.get();
            } catch (TransientFailure | ThrottledFailure failure) {
                attempts.failed(failure);
            }
        }
    }

    /** For a step that is tried again in a way of its own. */
    public Attempts attempts(String doing) {
        return new Attempts(doing, policy, waiter, random, listener);
    }
}
