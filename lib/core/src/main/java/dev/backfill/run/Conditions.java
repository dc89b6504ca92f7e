package dev.backfill.run;

import dev.backfill.checkpoint.Owner;
import dev.backfill.retry.RetryPolicy;
import dev.backfill.time.StopSignal;
import dev.backfill.time.Time;
import dev.backfill.time.Waiter;
import java.util.random.RandomGenerator;

/** What a run depends on beside its plan: time, chance, the signal to stop, who it is, and who listens. */
public record Conditions(
        Time time, StopSignal stop, RandomGenerator random, Owner owner, RetryPolicy retries, RunListener listener) {
    /** The same with a listener that several threads may call. */
    public Conditions serial() {
        return new Conditions(time, stop, random, owner, retries, new SerialListener(listener));
    }

    public Waiter waiter() {
        return new Waiter(time, stop);
    }
}
