package dev.backfill.position;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.connector.Failure;
import dev.backfill.run.PausedException;
import dev.backfill.time.StoppedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves a checkpoint so that the next run finds what happened and can continue at once, as far as that is possible. */
public final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    /** A run that is not done gets this status. */
    public static void leave(CheckpointWriter keeper, CheckpointStore store, RunStatus status) {
        try {
            if (keeper.state().status() == RunStatus.RUNNING && keeper.begun()) {
                keeper.saveOnce(state -> state.with(status));
            }
        } catch (Failure | LeaseLostException | StoppedException | PausedException e) {
            LOG.warn("the position is saved, but not how the run ended: {}", e.getMessage());
        }
        release(keeper, store);
    }

    private static void release(CheckpointWriter keeper, CheckpointStore store) {
        try {
            store.release(keeper.lease());
        } catch (Failure | LeaseLostException | StoppedException | PausedException e) {
            LOG.warn("the position is saved, but the checkpoint could not be released: {}", e.getMessage());
        }
    }
}
