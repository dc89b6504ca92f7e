package dev.backfill.position;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.RunState;
import java.util.List;

/** What a batch makes of the state. Called with the state as it is then, and once more after a failure to save. */
@FunctionalInterface
public interface Saving {
    /**
     * @param epoch the fencing token under which it is saved
     */
    Done of(RunState before, long epoch);

    /**
     * What is to be saved.
     *
     * @param letters are added before the state moves
     */
    record Done(RunState next, List<DeadLetter> letters) {}
}
