package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.checkpoint.Note;
import dev.backfill.checkpoint.Owner;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.TransactionalStore;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a checkpoint in the database that may also hold the data, so that both move in one transaction. No session is
 * needed between two calls: it works through a pooler.
 */
public final class PostgresStore implements TransactionalStore, Inspectable {
    /** Longer than a server lets a transaction idle whose runner froze between saving and committing. */
    private static final String PATIENCE = "select set_config('lock_timeout', '12s', true)";

    private static final String BURYING = "adding dead letters";

    private final PostgresDatabase database;
    private final Requests requests;
    private final Tables tables;
    private final RunTable run;
    private final SplitTable splits;
    private final LetterTable letters;
    private final NoteTable notes;
    private volatile Optional<Saved> last = Optional.empty();

    public PostgresStore(PostgresDatabase database, String document) {
        this.database = database;
        this.requests = new Requests(database, document);
        this.tables = new Tables(database, requests);
        this.run = new RunTable(document);
        this.splits = new SplitTable(document);
        this.letters = new LetterTable(document);
        this.notes = new NoteTable(document);
    }

    @Override
    public PostgresDatabase database() {
        return database;
    }

    @Override
    public CheckpointSnapshot read() {
        return tables.exist() ? requests.read("reading the position", run::read) : CheckpointSnapshot.nothing();
    }

    @Override
    public Lease acquire(Owner owner, AcquireCondition claim) {
        tables.create();
        try {
            return take(owner, claim).orElseThrow(() -> LeaseLostException.held(requests.told("taking"), read()));
        } catch (UnknownOutcome lost) {
            return take(owner, claim).orElseGet(() -> mine(owner));
        }
    }

    private Optional<Lease> take(Owner owner, AcquireCondition claim) {
        return requests.change("taking", connection -> {
            try (var patience = connection.createStatement()) {
                patience.execute(PATIENCE);
            }
            return run.take(connection, owner, claim);
        });
    }

    /** The second try has waited for the first one's transaction: if that took effect, we are who holds it. */
    private Lease mine(Owner owner) {
        CheckpointSnapshot now = read();
        return now.holder()
                .filter(holder -> holder.owner().equals(owner))
                .map(holder -> new Lease(owner, now.epoch(), now.version()))
                .orElseThrow(() -> LeaseLostException.held(requests.told("taking"), now));
    }

    @Override
    public void renew(Lease lease) {
        requests.change("renewing the lease", connection -> {
            require(run.renew(connection, lease), "renewing the lease", lease, connection);
            return lease;
        });
    }

    @Override
    public Lease save(Lease lease, Checkpoint checkpoint) {
        return requests.change("saving", connection -> save(connection, lease, checkpoint));
    }

    @Override
    public Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction) {
        return requests.within("saving", connection(transaction), connection -> save(connection, lease, checkpoint));
    }

    private Lease save(Connection connection, Lease lease, Checkpoint checkpoint) throws SQLException {
        require(run.save(connection, lease, checkpoint), "saving", lease, connection);
        // A save that was rolled back leaves a later version here than the lease has: then nothing is known.
        Optional<RunState> before =
                last.filter(saved -> saved.lease().equals(lease)).map(Saved::run);
        splits.write(connection, before, checkpoint.run());
        last = Optional.of(new Saved(lease.saved(), checkpoint.run()));
        return lease.saved();
    }

    @Override
    public void release(Lease lease) {
        requests.change("releasing", connection -> run.release(connection, lease));
    }

    @Override
    public void clear(Lease lease) {
        last = Optional.empty();
        requests.change("clearing", connection -> {
            require(run.clear(connection, lease), "clearing", lease, connection);
            splits.clear(connection);
            letters.setAside(connection);
            return lease;
        });
    }

    @Override
    public void addDeadLetters(Lease lease, List<DeadLetter> dead) {
        requests.change(BURYING, connection -> addDeadLetters(connection, lease, dead));
    }

    @Override
    public void addDeadLetters(Lease lease, List<DeadLetter> dead, Transaction transaction) {
        requests.within(BURYING, connection(transaction), connection -> addDeadLetters(connection, lease, dead));
    }

    private Lease addDeadLetters(Connection connection, Lease lease, List<DeadLetter> dead) throws SQLException {
        require(run.renew(connection, lease), BURYING, lease, connection);
        letters.add(connection, lease.epoch(), dead);
        return lease;
    }

    @Override
    public void removeDeadLetters(Lease lease, List<DeadLetter> gone) {
        String doing = "removing dead letters";
        requests.change(doing, connection -> {
            require(run.renew(connection, lease), doing, lease, connection);
            letters.remove(connection, gone);
            return lease;
        });
    }

    @Override
    public List<DeadLetter> deadLetters(long skip, int most) {
        return letters(false, skip, most);
    }

    @Override
    public List<DeadLetter> formerDeadLetters(long skip, int most) {
        return letters(true, skip, most);
    }

    private List<DeadLetter> letters(boolean former, long skip, int most) {
        return tables.exist()
                ? requests.read("reading the dead letters", connection -> letters.some(connection, former, skip, most))
                : List.of();
    }

    @Override
    public List<LetterCount> letterCounts() {
        return tables.exist() ? requests.read("counting the dead letters", letters::counts) : List.of();
    }

    @Override
    public List<Diagnostic> inspect() {
        return new StoreLook(requests).findings();
    }

    @Override
    public long countDeadLetters() {
        return tables.exist() ? requests.read("counting the dead letters", letters::count) : 0;
    }

    @Override
    public Optional<Note> note(String name) {
        return tables.exist()
                ? requests.read("reading the notes", connection -> notes.read(connection, name))
                : Optional.empty();
    }

    @Override
    public boolean write(String name, long version, String text) {
        tables.create();
        try {
            return requests.change("writing the notes", connection -> notes.write(connection, name, version, text));
        } catch (UnknownOutcome lost) {
            return note(name).equals(Optional.of(new Note(version + 1, text)));
        }
    }

    /** The connections are the run's, and are closed with it. */
    @Override
    public void close() {}

    private void require(boolean done, String doing, Lease lease, Connection connection) throws SQLException {
        if (!done) {
            throw LeaseLostException.moved(requests.told(doing), lease, run.read(connection));
        }
    }

    private static Connection connection(Transaction transaction) {
        return ((PostgresTransaction) transaction).connection();
    }

    /** What is known to be stored once the lease says so. */
    private record Saved(Lease lease, RunState run) {}
}
