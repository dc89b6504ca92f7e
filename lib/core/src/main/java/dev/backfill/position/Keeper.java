package dev.backfill.position;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.Stored;
import dev.backfill.checkpoint.TransactionalStore;
import dev.backfill.connector.Database;
import dev.backfill.connector.Failure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.ownership.Heart;
import dev.backfill.plan.Backfill;
import dev.backfill.retry.Retry;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Holds the run's state as it was saved last, and moves it. After a lost answer the store is read back and decides: a save
 * is never sent again blindly, and never counted twice.
 */
public final class Keeper {
    private static final String SAVING = "saving the checkpoint";

    private final Backfill plan;
    private final CheckpointStore store;
    private final Heart heart;
    private final Retry retry;
    private Lease lease;
    private RunState state;
    /** What the save under way makes of the state. */
    private RunState attempted;

    private boolean begun;

    public Keeper(Backfill plan, CheckpointStore store, Lease lease, Heart heart, Retry retry, RunState state) {
        this.plan = plan;
        this.store = store;
        this.lease = lease;
        this.heart = heart;
        this.retry = retry;
        this.state = state;
        this.attempted = state;
    }

    public RunState state() {
        return state;
    }

    public Lease lease() {
        return lease;
    }

    /** Saves what the function makes of the state, after these dead letters. */
    public void save(List<DeadLetter> letters, UnaryOperator<RunState> change) {
        attempted = change.apply(state);
        settle(() -> {
            if (!letters.isEmpty()) {
                store.bury(lease, letters);
            }
            moved(store.save(lease, checkpoint(attempted)));
        });
    }

    public void save(UnaryOperator<RunState> change) {
        save(List.of(), change);
    }

    /** The store, if it can save in the same transaction as the data. */
    public boolean sharesTransactions(Database database) {
        return store instanceof TransactionalStore shared && shared.database().equals(database);
    }

    /** Saves within the transaction that the work opens, uses and gives back uncommitted. */
    public void saveWith(TransactionalWork work) {
        TransactionalStore shared = (TransactionalStore) store;
        settle(() -> {
            attempted = state;
            try (Transaction transaction = shared.database().begin()) {
                TransactionalWork.Done done = work.write(transaction, state);
                attempted = done.next();
                if (!done.letters().isEmpty()) {
                    shared.bury(lease, done.letters(), transaction);
                }
                Lease saved = shared.save(lease, checkpoint(attempted), transaction);
                transaction.commit();
                moved(saved);
            }
        });
    }

    /** Tries until the save is known to be there; after a failure it may be, so the store is asked. */
    private void settle(Runnable save) {
        for (int attempt = 1; ; attempt++) {
            heart.check();
            try {
                save.run();
                return;
            } catch (TransientFailure | ThrottledFailure | UnknownOutcome failure) {
                if (tookEffect(failure, attempt)) {
                    return;
                }
            }
        }
    }

    /** Waits, then reads the store: true if the save is there, false if it has to be done again. */
    private boolean tookEffect(Failure failure, int attempt) {
        retry.again(SAVING, failure, attempt);
        Stored now = retry.run("reading the checkpoint back", store::read);
        if (now.epoch() != lease.epoch() || now.version() > lease.version() + 1) {
            throw new LeaseLostException("the checkpoint was changed by another runner while this one was saving it");
        }
        if (now.version() == lease.version() + 1) {
            moved(lease.saved());
            return true;
        }
        return false;
    }

    /** True once this run has saved anything. */
    public boolean begun() {
        return begun;
    }

    /** Saves without a second try, for the end of a run that cannot wait. */
    public void saveOnce(UnaryOperator<RunState> change) {
        attempted = change.apply(state);
        moved(store.save(lease, checkpoint(attempted)));
    }

    private void moved(Lease saved) {
        lease = saved;
        state = attempted;
        begun = true;
    }

    private Checkpoint checkpoint(RunState next) {
        return new Checkpoint(next, DocumentedFields.of(plan, next));
    }
}
