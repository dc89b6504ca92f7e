package dev.backfill.retry;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.AdoptingStore;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.checkpoint.Note;
import dev.backfill.checkpoint.Owner;
import dev.backfill.checkpoint.StoreTraits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries each call of a checkpoint store again whose failure may pass. A heartbeat and a save go through as they are: the first
 * has a rhythm of its own, and after the second the store must be read before it may be sent again.
 */
public final class RetryingStore implements CheckpointStore {
    private final CheckpointStore store;
    private final Retry retry;

    private RetryingStore(CheckpointStore store, Retry retry) {
        this.store = store;
        this.retry = retry;
    }

    /** Replaces the retries of a store that has some already, so that waits do not multiply. */
    public static CheckpointStore around(CheckpointStore store, Retry retry) {
        return new RetryingStore(once(store), retry);
    }

    /** Returns the store without retries, for what must not wait or repeats a whole group of calls itself. */
    public static CheckpointStore once(CheckpointStore store) {
        return store instanceof RetryingStore retrying ? retrying.store : store;
    }

    /** A transaction is retried as a whole by the one who began it; taking over another program's checkpoint is done once. */
    @Override
    public StoreTraits traits() {
        StoreTraits inner = store.traits();
        return new StoreTraits(inner.transactional(), inner.adopting().map(this::adopting), inner.inspectable());
    }

    private AdoptingStore adopting(AdoptingStore adopting) {
        return new AdoptingStore() {
            @Override
            public Optional<Map<String, Object>> foreign() {
                return retry.run("reading another program's checkpoint", adopting::foreign);
            }

            @Override
            public void adopt(Map<String, Object> seen, Optional<Checkpoint> checkpoint) {
                adopting.adopt(seen, checkpoint);
            }
        };
    }

    @Override
    public CheckpointSnapshot read() {
        return retry.run("reading the checkpoint", store::read);
    }

    @Override
    public Lease acquire(Owner owner, AcquireCondition claim) {
        return retry.run("taking the checkpoint", () -> store.acquire(owner, claim));
    }

    @Override
    public void renew(Lease lease) {
        store.renew(lease);
    }

    @Override
    public Lease save(Lease lease, Checkpoint checkpoint) {
        return store.save(lease, checkpoint);
    }

    @Override
    public void release(Lease lease) {
        change("releasing the checkpoint", () -> store.release(lease));
    }

    @Override
    public void clear(Lease lease) {
        change("clearing the checkpoint", () -> store.clear(lease));
    }

    @Override
    public void addDeadLetters(Lease lease, List<DeadLetter> letters) {
        change("adding dead letters", () -> store.addDeadLetters(lease, letters));
    }

    @Override
    public void removeDeadLetters(Lease lease, List<DeadLetter> letters) {
        change("removing dead letters", () -> store.removeDeadLetters(lease, letters));
    }

    @Override
    public List<DeadLetter> deadLetters(long skip, int most) {
        return retry.run("reading the dead letters", () -> store.deadLetters(skip, most));
    }

    @Override
    public List<DeadLetter> formerDeadLetters(long skip, int most) {
        return retry.run("reading the former dead letters", () -> store.formerDeadLetters(skip, most));
    }

    @Override
    public List<LetterCount> letterCounts() {
        return retry.run("counting the dead letters", store::letterCounts);
    }

    @Override
    public long countDeadLetters() {
        return retry.run("counting the dead letters", store::countDeadLetters);
    }

    @Override
    public Optional<Note> note(String name) {
        return retry.run("reading the note '" + name + "'", () -> store.note(name));
    }

    @Override
    public boolean write(String name, long version, String text) {
        return retry.run("writing the note '" + name + "'", () -> store.write(name, version, text));
    }

    @Override
    public List<String> putDamagedAside() {
        return store.putDamagedAside();
    }

    @Override
    public void close() {
        store.close();
    }

    private void change(String doing, Runnable change) {
        retry.run(doing, () -> {
            change.run();
            return true;
        });
    }
}
