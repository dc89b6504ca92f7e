package dev.backfill.ownership;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.Owner;
import dev.backfill.run.Processes;

/**
 * Takes a checkpoint from its holder for a person, in one step of the store. The holder can save nothing more from then on;
 * but it learns so only with its next heartbeat, and until then it may write. So it stays the holder, without a right,
 * until a lease has passed by the store's clock: the one who comes next waits for that in {@link Ownership}.
 */
public final class Revocation {
    private final CheckpointStore store;
    private final Owner self;
    private final Processes processes;

    public Revocation(CheckpointStore store, Owner self, Processes processes) {
        this.store = store;
        this.self = self;
        this.processes = processes;
    }

    /**
     * {@link dev.backfill.checkpoint.LeaseLostException} if it is no longer as it was seen.
     *
     * @return false if the holder cannot act any more, so that the checkpoint is free at once
     */
    public boolean of(LeaseHolder holder, long epoch) {
        if (holder.expired() || Ownership.isGone(holder.owner(), self, processes)) {
            free(holder.expired() ? AcquireCondition.ifFree() : AcquireCondition.from(epoch));
            return false;
        }
        if (!holder.owner().revoked()) {
            store.acquire(holder.owner().withoutRight(), AcquireCondition.from(epoch));
        }
        return true;
    }

    private void free(AcquireCondition claim) {
        Lease lease = store.acquire(self, claim);
        store.release(lease);
    }
}
