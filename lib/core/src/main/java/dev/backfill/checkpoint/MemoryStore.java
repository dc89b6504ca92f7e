package dev.backfill.checkpoint;

import dev.backfill.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a checkpoint in memory, by a clock given to it: for a pass that leaves no trace, and for specs. It is the storage itself. */
public final class MemoryStore implements CheckpointStore {
    private final Time time;
    private final Map<List<String>, DeadLetter> letters = new LinkedHashMap<>();
    private final Map<List<String>, DeadLetter> former = new LinkedHashMap<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Owner> owner = Optional.empty();
    private long epoch;
    private long version;
    private long beats;
    private Instant beatAt = Instant.EPOCH;

    public MemoryStore(Time time) {
        this.time = time;
    }

    /** Begins with what another store holds, and with no owner. */
    public static MemoryStore copyOf(CheckpointSnapshot stored, Time time) {
        MemoryStore copy = new MemoryStore(time);
        copy.checkpoint = stored.checkpoint();
        copy.version = stored.version();
        return copy;
    }

    @Override
    public synchronized CheckpointSnapshot read() {
        return new CheckpointSnapshot(
                checkpoint, epoch, version, owner.map(found -> new LeaseHolder(found, beats, expired())));
    }

    @Override
    public synchronized Lease acquire(Owner by, AcquireCondition claim) {
        boolean named = claim.epoch().isPresent() && claim.epoch().getAsLong() == epoch;
        if (owner.isPresent() && !expired() && !named) {
            throw lost();
        }
        owner = Optional.of(by);
        epoch++;
        touch();
        return new Lease(by, epoch, version);
    }

    @Override
    public synchronized void renew(Lease lease) {
        owned(lease);
    }

    @Override
    public synchronized Lease save(Lease lease, Checkpoint next) {
        current(lease);
        checkpoint = Optional.of(next);
        version++;
        return lease.saved();
    }

    @Override
    public synchronized void release(Lease lease) {
        if (lease.epoch() == epoch) {
            owner = Optional.empty();
        }
    }

    @Override
    public synchronized void clear(Lease lease) {
        current(lease);
        checkpoint = Optional.empty();
        former.putAll(letters);
        letters.clear();
    }

    @Override
    public synchronized void addDeadLetters(Lease lease, List<DeadLetter> more) {
        owned(lease);
        more.forEach(letter -> {
            former.remove(letter.identity());
            letters.merge(letter.identity(), letter, (before, now) -> now.since(before.first()));
        });
    }

    @Override
    public synchronized void removeDeadLetters(Lease lease, List<DeadLetter> gone) {
        owned(lease);
        gone.forEach(letter -> {
            letters.remove(letter.identity());
            former.remove(letter.identity());
        });
    }

    @Override
    public synchronized List<DeadLetter> deadLetters(long skip, int most) {
        return letters.values().stream().skip(skip).limit(most).toList();
    }

    @Override
    public synchronized List<DeadLetter> formerDeadLetters(long skip, int most) {
        return former.values().stream().skip(skip).limit(most).toList();
    }

    @Override
    public synchronized List<LetterCount> letterCounts() {
        return LetterCount.of(letters.values().stream());
    }

    @Override
    public synchronized long countDeadLetters() {
        return letters.size();
    }

    @Override
    public synchronized Optional<Note> note(String name) {
        return Optional.ofNullable(notes.get(name));
    }

    @Override
    public synchronized boolean write(String name, long before, String text) {
        if (note(name).map(Note::version).orElse(0L) != before) {
            return false;
        }
        notes.put(name, new Note(before + 1, text));
        return true;
    }

    @Override
    public void close() {
        // it is the storage itself, which outlives its handles
    }

    private boolean expired() {
        return Duration.between(beatAt, time.now()).compareTo(LEASE) > 0;
    }

    private void touch() {
        beats++;
        beatAt = time.now();
    }

    private void current(Lease lease) {
        owned(lease);
        if (lease.version() != version) {
            throw new LeaseLostException("the checkpoint was saved by another process in between");
        }
    }

    private void owned(Lease lease) {
        if (lease.epoch() != epoch || owner.isEmpty()) {
            throw lost();
        }
        touch();
    }

    private LeaseLostException lost() {
        return new LeaseLostException(
                owner.map(found -> "the checkpoint is owned by " + found).orElse("the checkpoint was released"));
    }
}
