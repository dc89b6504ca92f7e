package dev.backfill.checkpoint;

/**
 * The right to move one checkpoint.
 *
 * @param epoch the fencing token: one higher with every new owner
 * @param version one higher with every save
 */
public record Lease(Owner owner, long epoch, long version) {
    public Lease saved() {
        return new Lease(owner, epoch, version + 1);
    }
}
