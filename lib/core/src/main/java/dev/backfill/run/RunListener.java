package dev.backfill.run;

import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.LockWait;
import dev.backfill.retry.RetryListener;
import java.time.Duration;

/** Hears what a run does, to inform people. Called by one thread at a time. */
public interface RunListener extends RetryListener {
    /**
     * @param resumed false for a run that has just begun
     */
    void started(RunState state, boolean resumed);

    /** Another owner is there, or was: the run waits for the end of its lease. */
    void waitingFor(LeaseHolder holder);

    /** Something that must be there before anything is written was added. */
    void provided(String what);

    /** Something is missing that a real run would add. */
    void wouldProvide(String what);

    /**
     * A dry run cannot work on a phase, because the run itself would make what it reads or writes.
     *
     * @param why the whole sentence
     */
    void skipped(String phase, String why);

    /**
     * Less happens at the same time than was asked for.
     *
     * @param why the whole sentence
     */
    void bounded(String why);

    /** A batch is finished: written, acknowledged, saved. */
    void saved(Progress progress);

    /** The run waits because a throttle says so. */
    void holding(String throttle, Duration time);

    /** A statement waits for a lock that someone else holds. Said again and again while that lasts. */
    default void blocked(LockWait wait) {}

    /** A source was read from its start again, because its position cannot be resumed. */
    void walkingAgain(String phase);

    /** The run's time is accounted for here; it can be asked at any time. */
    default void timed(TimeSheet sheet) {}
}
