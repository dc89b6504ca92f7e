package dev.backfill.ownership;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.connector.FatalFailure;
import dev.backfill.time.Deadline;
import dev.backfill.time.Ticks;
import dev.backfill.time.Time;
import dev.backfill.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a lease alive and says whether it still is. {@link #check} is asked before every request that changes something:
 * when the last renewal began too long ago, nothing is sent until one succeeds.
 */
public final class LeaseGuard implements Fence, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(15);
    /** What a write must have taken effect before the lease ends: clocks do not run equally fast. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(200);
    /** As long as any other failure that may pass is waited for; who asks must not ask again after that. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final CheckpointStore store;
    private final Lease lease;
    private final Waiter waiter;
    private volatile long renewedNanos;
    private volatile Instant renewed;
    private volatile @Nullable LeaseLostException lost;
    private volatile Ticks renewals = () -> {};

    public LeaseGuard(CheckpointStore store, Lease lease, Waiter waiter) {
        this.store = store;
        this.lease = lease;
        this.waiter = waiter;
        this.renewedNanos = waiter.time().nanos();
        this.renewed = waiter.time().now();
    }

    /** Renews the lease in the background from now on, until it is closed. */
    public LeaseGuard renewing() {
        renewals = waiter.time().every(PERIOD, "heartbeat", this::renew);
        return this;
    }

    /** Renews once; a failure that may pass is not reported: {@link #check} finds out. */
    public void renew() {
        Time time = waiter.time();
        long nanos = time.nanos();
        Instant instant = time.now();
        try {
            store.renew(lease);
            renewedNanos = nanos;
            renewed = instant;
        } catch (LeaseLostException e) {
            lost = e;
        } catch (RuntimeException e) {
            // the next renewal tries again; until then the age of the last one counts
        }
    }

    /** Returns when the lease is ours beyond doubt; {@link LeaseLostException} if it is not. */
    @Override
    public Deadline check() {
        Duration waited = Duration.ZERO;
        while (lost == null && age().compareTo(FRESH) > 0) {
            if (waited.compareTo(PATIENCE) > 0) {
                throw new FatalFailure("renewing the lease: the checkpoint store has not answered for "
                        + age().toSeconds() + " s; start again when it is back");
            }
            waiter.pause(LOOK);
            waited = waited.plus(LOOK);
        }
        LeaseLostException gone = lost;
        if (gone != null) {
            throw gone;
        }
        long nanos = renewedNanos;
        Instant instant = renewed;
        return () -> CheckpointStore.LEASE.minus(MARGIN).minus(since(nanos, instant));
    }

    /** By the clock that ran faster: one stands still while a machine sleeps, the other can be set back. */
    private Duration age() {
        return since(renewedNanos, renewed);
    }

    private Duration since(long nanos, Instant instant) {
        Duration monotonic = Duration.ofNanos(waiter.time().nanos() - nanos);
        Duration wall = Duration.between(instant, waiter.time().now());
        return monotonic.compareTo(wall) > 0 ? monotonic : wall;
    }

    @Override
    public void close() {
        renewals.close();
    }
}
