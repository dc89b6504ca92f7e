package dev.backfill.run;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Owner;
import dev.backfill.retry.Retry;
import dev.backfill.retry.RetryListener;
import dev.backfill.retry.RetryPolicy;
import dev.backfill.retry.RetryingStore;
import dev.backfill.time.StopSignal;
import dev.backfill.time.Time;
import dev.backfill.time.Waiter;
import java.util.random.RandomGenerator;

/**
 * Holds what a run depends on besides its plan: time, chance, the signal to stop, who it is, retries, and who listens.
 *
 * @param waits hears of the waits between attempts, and does the waiting
 */
public record RunContext(
        Time time,
        StopSignal stop,
        RandomGenerator random,
        Owner owner,
        RetryPolicy retries,
        RunListener listener,
        RetryListener waits) {
    /** One whose listener hears of the waits between attempts as well. */
    public RunContext(
            Time time,
            StopSignal stop,
            RandomGenerator random,
            Owner owner,
            RetryPolicy retries,
            RunListener listener) {
        this(time, stop, random, owner, retries, listener, listener);
    }

    /** The same with a listener that several threads may call. */
    public RunContext serial() {
        return new RunContext(time, stop, random, owner, retries, new SerialListener(listener));
    }

    /** The same with other retries. */
    public RunContext with(RetryPolicy others) {
        return new RunContext(time, stop, random, owner, others, listener, waits);
    }

    /** The same with someone else who hears of the waits between attempts. */
    public RunContext with(RetryListener other) {
        return new RunContext(time, stop, random, owner, retries, listener, other);
    }

    public Waiter waiter() {
        return new Waiter(time, stop);
    }

    public Retry retry() {
        return new Retry(retries, waiter(), random, waits);
    }

    /** The same checkpoint store, each call of which is retried for a moment, even if the run is to stop: for what it leaves behind. */
    public CheckpointStore retryingBriefly(CheckpointStore store) {
        Waiter unstopped = new Waiter(time, new StopSignal());
        return RetryingStore.around(store, new Retry(RetryPolicy.BRIEF, unstopped, random, listener));
    }

    /** The same checkpoint store, each call of which is retried. */
    public CheckpointStore retrying(CheckpointStore store) {
        return RetryingStore.around(store, retry());
    }
}
