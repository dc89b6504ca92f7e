package dev.backfill.checkpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one backfill's checkpoint, its lease, and its dead letters. Only the store's own clock decides on time. All
 * failures are {@link dev.backfill.connector.Failure}s or {@link LeaseLostException}. Thread-safe: the heartbeat runs on a thread
 * of its own.
 */
public interface CheckpointStore extends AutoCloseable {
    /** After so long without a beat another owner may come. */
    Duration LEASE = Duration.ofSeconds(30);

    /** What else it can do. A store that wraps another one overrides this. */
    default StoreTraits traits() {
        return StoreTraits.of(this);
    }

    /** Reads what is there; needs no lease. {@link ForeignCheckpointException} if another program wrote it. */
    CheckpointSnapshot read();

    /**
     * Takes the checkpoint, which gives a higher epoch, in one atomic step: if nobody holds it, if the holder's lease has
     * expired, or if its epoch is still the one that the claim names. {@link LeaseLostException} if none of these is so.
     */
    Lease acquire(Owner owner, AcquireCondition claim);

    /** Shows that the owner is alive. {@link LeaseLostException} if it no longer is the owner. */
    void renew(Lease lease);

    /**
     * Saves, if epoch and version are still the lease's, and gives the lease with the next version. Atomic and durable when
     * it returns. {@link LeaseLostException} if they are not; {@link dev.backfill.connector.UnknownOutcome} if the answer was lost.
     */
    Lease save(Lease lease, Checkpoint checkpoint);

    /** Gives the checkpoint free; nothing happens if it is no longer ours. */
    void release(Lease lease);

    /**
     * Forgets the position, and sets the dead letters aside as those of former runs. Doing it again changes nothing more. {@link
     * LeaseLostException} if epoch and version are not the lease's.
     */
    void clear(Lease lease);

    /** Adds dead letters; of one that is there already for the same run, phase, sink and key only the first time stays. */
    void addDeadLetters(Lease lease, List<DeadLetter> letters);

    /** Removes these dead letters, of this run or of former ones, as far as they are there. */
    void removeDeadLetters(Lease lease, List<DeadLetter> letters);

    /** The dead letters of the run, at most so many behind those that are skipped. The oldest come first: by their first time. */
    List<DeadLetter> deadLetters(long skip, int most);

    /** The first dead letters of the run, at most so many. */
    default List<DeadLetter> deadLetters(int most) {
        return deadLetters(0, most);
    }

    /** The dead letters that {@link #clear} has set aside, at most so many behind those that are skipped, the oldest first. */
    List<DeadLetter> formerDeadLetters(long skip, int most);

    /** How many dead letters there are for which reasons. */
    List<LetterCount> letterCounts();

    /** How many dead letters there are. */
    long countDeadLetters();

    /** A text that is kept next to the checkpoint under this name; needs no lease. Nothing if there is none. */
    Optional<Note> note(String name);

    /**
     * Replaces such a text in one atomic step if its version is still this one, which gives it the next; needs no lease.
     *
     * @param version 0 if there is none yet
     * @return false if another process was faster
     */
    boolean write(String name, long version, String text);

    /**
     * Moves whatever of the checkpoint is too damaged to be read out of the way, so that it can be taken and cleared; names
     * where each thing is now. A store whose server keeps its data whole has nothing to do.
     */
    default List<String> putDamagedAside() {
        return List.of();
    }

    @Override
    void close();
}
