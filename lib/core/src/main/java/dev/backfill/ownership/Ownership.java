package dev.backfill.ownership;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.Owner;
import dev.backfill.run.OwnedException;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunListener;
import dev.backfill.time.Waiter;
import java.time.Duration;

/**
 * Takes a backfill's checkpoint, or finds out who has it. A holder on this machine is judged by its process; elsewhere by
 * its heartbeat, which is watched for a moment; one that does not beat keeps its right until the lease expires, and so does
 * one from which a person took it. One that beats while it is watched is an owner, whatever the clock says.
 */
public final class Ownership {
    private static final Duration WATCH = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final CheckpointStore store;
    private final Owner self;
    private final Processes processes;
    private final Waiter waiter;
    private final RunListener listener;

    public Ownership(CheckpointStore store, RunContext context, Processes processes) {
        this.store = context.retrying(store);
        this.self = context.owner();
        this.processes = processes;
        this.waiter = context.waiter();
        this.listener = context.listener();
    }

    /**
     * @param patient true to wait for the end of a silent holder's lease
     * @throws OwnedException if a living process has it
     */
    public Lease take(boolean patient) {
        while (true) {
            CheckpointSnapshot seen = store.read();
            AcquireCondition claim =
                    seen.holder().isPresent() ? claim(seen, seen.holder().get(), patient) : AcquireCondition.ifFree();
            try {
                return store.acquire(self, claim);
            } catch (LeaseLostException taken) {
                refuseIfTaken(seen);
            }
        }
    }

    /** Someone was faster: that one has a higher epoch, and is alive. */
    private void refuseIfTaken(CheckpointSnapshot before) {
        CheckpointSnapshot now = store.read();
        now.holder()
                .filter(holder ->
                        now.epoch() > before.epoch() && !holder.owner().revoked())
                .ifPresent(holder -> {
                    throw new OwnedException(holder, "it started just before this one");
                });
    }

    private AcquireCondition claim(CheckpointSnapshot seen, LeaseHolder holder, boolean patient) {
        if (holder.expired()) {
            refuseIfOnlyTheClockJumped(holder);
            return AcquireCondition.ifFree();
        }
        if (isGone(holder)) {
            return AcquireCondition.from(seen.epoch());
        }
        if (!holder.owner().revoked()) {
            refuseIfAlive(holder);
        }
        if (!patient) {
            throw new OwnedException(holder, why(holder));
        }
        listener.waitingFor(holder);
        awaitEnd(seen.epoch());
        return isGone(holder) ? AcquireCondition.from(seen.epoch()) : AcquireCondition.ifFree();
    }

    /** A clock that is set forward makes the lease of a living process here look expired; its next beat shows that it is not. */
    private void refuseIfOnlyTheClockJumped(LeaseHolder holder) {
        if (isHere(holder) && !isGone(holder) && !holder.owner().revoked()) {
            watch(holder);
        }
    }

    private boolean isHere(LeaseHolder holder) {
        return holder.owner().machine().equals(self.machine());
    }

    private boolean isGone(LeaseHolder holder) {
        return isGone(holder.owner(), self, processes);
    }

    /** True if it can be seen from here that the owner's process is no more. */
    static boolean isGone(Owner owner, Owner self, Processes processes) {
        return owner.machine().equals(self.machine()) && !processes.alive(owner);
    }

    private static String why(LeaseHolder holder) {
        return holder.owner().revoked()
                ? "it was taken over, but may still write until its lease has expired"
                : "it is silent, but its lease has not expired";
    }

    private void refuseIfAlive(LeaseHolder holder) {
        if (isHere(holder)) {
            throw new OwnedException(holder, "that process is alive on this machine");
        }
        watch(holder);
    }

    private void watch(LeaseHolder holder) {
        for (Duration spent = Duration.ZERO; spent.compareTo(WATCH) < 0; spent = spent.plus(LOOK)) {
            waiter.pause(LOOK);
            refuseIfBeating(holder);
        }
    }

    private void awaitEnd(long epoch) {
        LeaseHolder last = store.read().holder().orElse(null);
        while (last != null && !last.expired() && !isGone(last)) {
            waiter.pause(Duration.ofSeconds(1));
            CheckpointSnapshot now = store.read();
            if (now.epoch() != epoch) {
                return;
            }
            refuseIfBeating(last);
            last = now.holder().orElse(null);
        }
    }

    private void refuseIfBeating(LeaseHolder before) {
        LeaseHolder now = store.read().holder().orElse(before);
        if (now.beats() != before.beats() && !now.owner().revoked()) {
            throw new OwnedException(now, "it still renews its lease");
        }
    }
}
