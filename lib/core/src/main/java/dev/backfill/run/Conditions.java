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
    public Waiter waiter() {
        return new Waiter(time, stop);
    }
}
