package dev.backfill.position;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.TransactionalStore;
import dev.backfill.connector.Database;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.ownership.LeaseGuard;
import dev.backfill.plan.Backfill;
import dev.backfill.retry.Attempts;
import dev.backfill.retry.Retry;
import dev.backfill.retry.RetryingStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Holds the run's state as it was saved last, and moves it. After a lost answer the store is read back and decides: a save
 * is never sent again blindly, and never counted twice. Thread-safe: saves come one after the other.
 */
public final class CheckpointWriter {
    private static final String SAVING = "saving the checkpoint";

    private final Backfill plan;
    private final CheckpointStore store;
    private final LeaseGuard guard;
    private final Retry retry;
    private volatile Lease lease;
    private volatile RunState state;
    private volatile boolean begun;

    public CheckpointWriter(
            Backfill plan, CheckpointStore store, Lease lease, LeaseGuard guard, Retry retry, RunState state) {
        this.plan = plan;
        this.store = RetryingStore.once(store);
        this.lease = lease;
        this.guard = guard;
        this.retry = retry;
        this.state = state;
    }

    public RunState state() {
        return state;
    }

    /** Where a phase is, by its place in the plan. */
    public PhaseState phase(int index) {
        return state.phases().get(index);
    }

    public LeaseGuard guard() {
        return guard;
    }

    public Lease lease() {
        return lease;
    }

    /** Returns when the checkpoint is ours beyond doubt, so that something outside of it may be changed. */
    public void check() {
        guard.check();
    }

    /** Saves what the function makes of the state. */
    public void save(UnaryOperator<RunState> change) {
        save((before, epoch) -> new Saving.Done(change.apply(before), List.of()));
    }

    /** Saves a batch, after its dead letters. Tries until the save is known to be there. */
    public synchronized void save(Saving saving) {
        Saving.Done done = saving.of(state, lease.epoch());
        Attempts attempts = retry.attempts(SAVING);
        while (true) {
            guard.check();
            try {
                send(done);
                return;
            } catch (TransientFailure | ThrottledFailure | UnknownOutcome failure) {
                if (tookEffect(failure, attempts, done)) {
                    return;
                }
            }
        }
    }

    private void send(Saving.Done done) {
        if (!done.letters().isEmpty()) {
            store.addDeadLetters(lease, done.letters());
        }
        moved(store.save(lease, checkpoint(done.next())), done);
    }

    /** True if the store can save in the same transaction as the data. */
    public boolean sharesTransactions(Database database) {
        return store.traits()
                .transactional()
                .filter(shared -> shared.database().equals(database))
                .isPresent();
    }

    /**
     * Saves in the transaction that the work writes in, and commits it. Several may write at the same time; they save one
     * after the other. After a failure the work is done again, in another transaction.
     *
     * @param doing what the work does, for messages: "writing to public.products"
     */
    public void saveWith(String doing, Function<Transaction, Saving> work) {
        TransactionalStore shared = store.traits().transactional().orElseThrow();
        Attempts attempts = retry.attempts(SAVING);
        while (true) {
            guard.check();
            try (Transaction transaction = shared.database().begin()) {
                if (committed(shared, work.apply(transaction), transaction, attempts)) {
                    return;
                }
            } catch (TransientFailure | ThrottledFailure | UnknownOutcome failure) {
                attempts.failed(doing, failure); // nothing was to be committed yet
            }
        }
    }

    /** Tries something in a transaction of that database and throws it away. */
    public <T> T rehearse(Function<Transaction, T> work) {
        TransactionalStore shared = store.traits().transactional().orElseThrow();
        return retry.run("looking for the records that are refused at the commit", () -> {
            guard.check();
            try (Transaction transaction = shared.database().begin()) {
                return work.apply(transaction);
            }
        });
    }

    /** The store is asked before anybody else saves: else nobody could say whose save it shows. */
    private synchronized boolean committed(
            TransactionalStore shared, Saving saving, Transaction transaction, Attempts attempts) {
        Saving.Done done = saving.of(state, lease.epoch());
        try {
            if (!done.letters().isEmpty()) {
                shared.addDeadLetters(lease, done.letters(), transaction);
            }
            Lease saved = shared.save(lease, checkpoint(done.next()), transaction);
            transaction.commit();
            moved(saved, done);
            return true;
        } catch (TransientFailure | ThrottledFailure | UnknownOutcome failure) {
            transaction.close();
            return tookEffect(failure, attempts, done);
        }
    }

    /** Waits, then reads the store: true if the save is there, false if it has to be done again. */
    private boolean tookEffect(Failure failure, Attempts attempts, Saving.Done done) {
        CheckpointSnapshot now = readBack(failure, attempts);
        if (now.epoch() != lease.epoch() || now.version() > lease.version() + 1) {
            throw new LeaseLostException("the checkpoint was changed by another runner while this one was saving it");
        }
        if (now.version() == lease.version() + 1) {
            moved(lease.saved(), done);
            return true;
        }
        return false;
    }

    /** Nobody knows what was saved if that fails, and it must not be taken for a save that was not sent. */
    private CheckpointSnapshot readBack(Failure failure, Attempts attempts) {
        try {
            attempts.failed(failure);
            return retry.run("reading the checkpoint back", store::read);
        } catch (TransientFailure | ThrottledFailure | UnknownOutcome silent) {
            throw new FatalFailure(
                    SAVING + ": " + failure.getMessage() + "; the store could not be asked whether that took effect ("
                            + silent.getMessage() + "); start again: the run resumes after whatever was saved",
                    silent);
        }
    }

    /** True once this run has saved anything. */
    public boolean begun() {
        return begun;
    }

    /** Saves without a second try, for the end of a run that cannot wait. */
    public synchronized void saveOnce(UnaryOperator<RunState> change) {
        send(new Saving.Done(change.apply(state), List.of()));
    }

    private void moved(Lease saved, Saving.Done done) {
        lease = saved;
        state = done.next();
        begun = true;
    }

    private Checkpoint checkpoint(RunState next) {
        return new Checkpoint(next, DocumentedFields.of(plan, next));
    }
}
