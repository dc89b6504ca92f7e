package dev.backfill.file;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.checkpoint.Note;
import dev.backfill.checkpoint.Owner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a checkpoint in a file, its lease and its dead letters in two more next to it. Each change happens under a lock of the
 * operating system; the position is on the disk when a save returns. For processes of one machine.
 */
public final class FileStore implements CheckpointStore {
    private static final int PAGE = 500;

    private final StateFile state;
    private final DurableFile leaseFile;
    private final LetterFile letters;
    private final LetterFile former;
    private final NoteFiles notes;
    private final FolderLock lock;
    private final Clock clock;
    private volatile @Nullable Watched watched;

    public FileStore(Path path, Clock clock) {
        String name = path.getFileName().toString().replaceFirst("\\.json$", "");
        this.state = new StateFile(new DurableFile(path));
        this.leaseFile = new DurableFile(path.resolveSibling(name + ".lease.json"));
        this.letters = new LetterFile(path.resolveSibling(name + ".dead-letters.jsonl"));
        this.former = new LetterFile(path.resolveSibling(name + ".former-dead-letters.jsonl"));
        this.notes = new NoteFiles(path, name);
        this.lock = new FolderLock(path.resolveSibling(name + ".lock"));
        this.clock = clock;
    }

    @Override
    public CheckpointSnapshot read() {
        if (!lock.path().toFile().exists()) {
            StateFile.Content content = state.read();
            return new CheckpointSnapshot(content.checkpoint(), 0, content.own().version(), Optional.empty());
        }
        return lock.holding(() -> {
            LeaseRecord record = LeaseRecord.read(leaseFile);
            StateFile.Content content = state.read();
            return new CheckpointSnapshot(
                    content.checkpoint(), record.epoch(), content.own().version(), holder(record));
        });
    }

    @Override
    public Lease acquire(Owner owner, AcquireCondition claim) {
        return lock.holding(() -> {
            LeaseRecord record = LeaseRecord.read(leaseFile);
            long version = state.read().own().version();
            boolean free = record.owner().isEmpty() || expired(record);
            boolean named = claim.epoch().isPresent() && claim.epoch().getAsLong() == record.epoch();
            if (!free && !named) {
                throw lost(record);
            }
            LeaseRecord taken = record.taken(owner, clock.instant());
            leaseFile.write(CheckpointJson.write(taken));
            return new Lease(owner, taken.epoch(), version);
        });
    }

    @Override
    public void renew(Lease lease) {
        owned(lease, () -> true);
    }

    @Override
    public Lease save(Lease lease, Checkpoint checkpoint) {
        return current(lease, () -> {
            state.write(lease.version() + 1, Optional.of(checkpoint));
            return lease.saved();
        });
    }

    @Override
    public void release(Lease lease) {
        lock.holding(() -> {
            LeaseRecord record = LeaseRecord.read(leaseFile);
            if (ours(record, lease)) {
                leaseFile.write(CheckpointJson.write(record.released()));
            }
            return record;
        });
    }

    @Override
    public void clear(Lease lease) {
        current(lease, () -> {
            state.write(lease.version(), Optional.empty());
            letters.moveTo(former);
            return true;
        });
    }

    @Override
    public void addDeadLetters(Lease lease, List<DeadLetter> more) {
        owned(lease, () -> {
            letters.add(more);
            former.remove(more);
            return true;
        });
    }

    @Override
    public void removeDeadLetters(Lease lease, List<DeadLetter> gone) {
        owned(lease, () -> {
            letters.remove(gone);
            former.remove(gone);
            return true;
        });
    }

    @Override
    public List<DeadLetter> deadLetters(long skip, int most) {
        return letters.read(skip, most);
    }

    @Override
    public List<DeadLetter> formerDeadLetters(long skip, int most) {
        return former.read(skip, most);
    }

    @Override
    public List<LetterCount> letterCounts() {
        return LetterCount.of(Stream.iterate(0L, skip -> skip < letters.count(), skip -> skip + PAGE)
                .flatMap(skip -> letters.read(skip, PAGE).stream()));
    }

    @Override
    public long countDeadLetters() {
        return letters.count();
    }

    @Override
    public Optional<Note> note(String note) {
        return notes.read(note);
    }

    @Override
    public boolean write(String note, long before, String text) {
        return lock.holding(() -> notes.write(note, before, text));
    }

    /** What is new gets an epoch and a version beyond any that a process may still know. */
    @Override
    public List<String> putDamagedAside() {
        return lock.holding(() -> {
            long beyond = clock.millis();
            List<String> moved = new ArrayList<>();
            if (leaseFile.isDamaged(text -> CheckpointJson.read(text, LeaseRecord.class))) {
                moved.add(leaseFile.putAside().toString());
                leaseFile.write(CheckpointJson.write(new LeaseRecord(beyond, Optional.empty(), 0, Instant.EPOCH)));
            }
            if (state.isDamaged()) {
                moved.add(state.file().putAside().toString());
                state.write(beyond, Optional.empty());
            }
            notes.damaged().forEach(note -> moved.add(note.putAside().toString()));
            return moved;
        });
    }

    private Optional<LeaseHolder> holder(LeaseRecord record) {
        return record.owner().map(owner -> new LeaseHolder(owner, record.beats(), expired(record)));
    }

    /**
     * Also when no beat came for as long as we have watched ourselves: where the clock was set back, the last beat lies in the
     * future.
     */
    private boolean expired(LeaseRecord record) {
        Instant now = clock.instant();
        Beat last = new Beat(record.epoch(), record.beats(), record.beatAt());
        if (watched == null || !watched.beat().equals(last)) {
            watched = new Watched(last, now);
        }
        return record.expired(now) || LeaseRecord.olderThanLease(watched.since(), now);
    }

    private record Beat(long epoch, long beats, Instant at) {}

    private record Watched(Beat beat, Instant since) {}

    @Override
    public void close() {
        // nothing is open between two calls
    }

    private <T> T current(Lease lease, Supplier<T> work) {
        return owned(lease, () -> {
            if (state.read().own().version() != lease.version()) {
                throw new LeaseLostException(
                        "the checkpoint " + state.file().path() + " was saved by another process in between");
            }
            return work.get();
        });
    }

    /** Does the work if the lease is still the last one; that also counts as a beat. */
    private <T> T owned(Lease lease, Supplier<T> work) {
        return lock.holding(() -> {
            LeaseRecord record = LeaseRecord.read(leaseFile);
            if (!ours(record, lease)) {
                throw lost(record);
            }
            T result = work.get();
            leaseFile.writeSoon(CheckpointJson.write(record.beaten(clock.instant())));
            return result;
        });
    }

    private static boolean ours(LeaseRecord record, Lease lease) {
        return record.epoch() == lease.epoch() && record.owner().isPresent();
    }

    private LeaseLostException lost(LeaseRecord record) {
        String who = record.owner().map(owner -> "is owned by " + owner).orElse("was given free");
        return new LeaseLostException("the checkpoint " + state.file().path() + " " + who);
    }
}
