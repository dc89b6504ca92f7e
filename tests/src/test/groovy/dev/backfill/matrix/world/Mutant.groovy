package dev.backfill.matrix.world

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.Owner
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.Database
import dev.backfill.connector.SplittableSource
import dev.backfill.connector.Failure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.KeyedSink
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Split
import dev.backfill.connector.Transaction
import dev.backfill.time.Deadline
import groovy.transform.CompileStatic

/** A mistake that an engine could have, made in the things that it works with. The mistake of NONE is none. */
@CompileStatic
enum Mutant {
    NONE,
    SAVE_BEFORE_ACKNOWLEDGE {
        @Override
        Sink sink(Sink sink) { sink instanceof KeyedSink ? new LateSink((KeyedSink) sink) : sink }
    },
    SAVE_WITHOUT_EPOCH {
        @Override
        CheckpointStore store(CheckpointStore store) {
            store instanceof TransactionalStore ? store : new EpochlessStore((MemoryStore) store)
        }
    },
    ERROR_TAKEN_FOR_THE_END {
        @Override
        SplittableSource source(SplittableSource source) { new HushingSource(source) }
    },
    LAST_BATCH_SKIPPED {
        @Override
        SplittableSource source(SplittableSource source) { new HastySource(source) }
    },
    TAKEN_OVER_AT_ONCE {
        @Override
        CheckpointStore store(CheckpointStore store) { store instanceof TransactionalStore ? store : new HastyStore((MemoryStore) store) }
    },
    CLEARED_BEFORE_ALL_IS_OPEN {
        @Override
        CheckpointStore store(CheckpointStore store) { store instanceof TransactionalStore ? store : new EagerStore((MemoryStore) store) }
    },
    FORMER_LETTERS_FORGOTTEN {
        @Override
        CheckpointStore store(CheckpointStore store) { store instanceof TransactionalStore ? store : new ForgetfulStore((MemoryStore) store) }
    },
    COMMIT_WITHOUT_A_FENCE {
        @Override
        Deadline deadline(Deadline deadline) { Deadline.none() }
    },
    CHECKPOINT_OUTSIDE_THE_TRANSACTION {
        @Override
        CheckpointStore store(CheckpointStore store) {
            store instanceof TransactionalStore ? new ApartStore((TransactionalStore) store) : store
        }
    },
    TRANSACTIONS_OF_THE_STORE_UNKNOWN {
        @Override
        CheckpointStore store(CheckpointStore store) {
            store instanceof TransactionalStore ? new OwnCommitsStore((TransactionalStore) store) : store
        }
    },
    SINKS_NOT_ENLISTED {
        @Override
        Database sinkDatabase(Database database) { new OtherDatabase(database) }
    }

    /** The database that a sink says it writes to. */
    Database sinkDatabase(Database database) { database }

    SplittableSource source(SplittableSource source) { source }

    Deadline deadline(Deadline deadline) { deadline }

    Sink sink(Sink sink) { sink }

    CheckpointStore store(CheckpointStore store) { store }
}

/** Says that records are written before they are. */
@CompileStatic
class LateSink implements KeyedSink {
    private final KeyedSink target
    private List<Row> late = []

    LateSink(KeyedSink target) { this.target = target }

    synchronized WriteResult write(List<Row> records) {
        WriteResult outcome = Refusing.write(records) { List<Row> rows -> WriteResult.of(rows, WriteStatus.WRITTEN) }
        close()
        late = records
        outcome
    }

    Object target(Row row) { target.target(row) }

    @Override
    synchronized void close() {
        if (!late.empty) {
            target.write(late)
        }
        late = []
    }
}

@CompileStatic
abstract class SourceMutant implements SplittableSource {
    protected final SplittableSource target

    SourceMutant(SplittableSource target) { this.target = target }

    List<Split> splits(int wanted) { target.splits(wanted) }

    List<Split> split(Split split, Cursor after, int wanted) { target.split(split, after, wanted) }

    String key(Row row) { target.key(row) }
}

@CompileStatic
class HushingSource extends SourceMutant {
    HushingSource(SplittableSource target) { super(target) }

    Batch read(Split split, Cursor after, int limit) {
        try {
            target.read(split, after, limit)
        } catch (Failure e) {
            assert e
            new Batch([], split.upTo().get(), true)
        }
    }
}

@CompileStatic
class HastySource extends SourceMutant {
    HastySource(SplittableSource target) { super(target) }

    Batch read(Split split, Cursor after, int limit) {
        Batch batch = target.read(split, after, limit)
        batch.last() ? new Batch([], batch.next(), true) : batch
    }
}

/** Saves whoever owns the checkpoint now. */
@CompileStatic
class EpochlessStore implements CheckpointStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final MemoryStore store

    EpochlessStore(MemoryStore store) { this.store = store }

    Lease save(Lease lease, Checkpoint checkpoint) {
        CheckpointSnapshot now = store.read()
        Lease forced = now.holder().present ? new Lease(lease.owner(), now.epoch(), now.version()) : store.acquire(lease.owner(), AcquireCondition.ifFree())
        store.save(forced, checkpoint)
        lease.saved()
    }
}

/** Gives a checkpoint free that was taken from a process which may still write. */
@CompileStatic
class HastyStore implements CheckpointStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final MemoryStore store

    HastyStore(MemoryStore store) { this.store = store }

    Lease acquire(Owner owner, AcquireCondition claim) {
        Lease lease = store.acquire(owner, claim)
        if (owner.revoked()) {
            store.release(lease)
        }
        lease
    }
}

/** Forgets the position as soon as somebody takes the checkpoint. */
@CompileStatic
class EagerStore implements CheckpointStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final MemoryStore store

    EagerStore(MemoryStore store) { this.store = store }

    Lease acquire(Owner owner, AcquireCondition claim) {
        Lease lease = store.acquire(owner, claim)
        store.clear(lease)
        lease
    }
}

/** Forgets the dead letters with the position. */
@CompileStatic
class ForgetfulStore implements CheckpointStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final MemoryStore store

    ForgetfulStore(MemoryStore store) { this.store = store }

    void clear(Lease lease) {
        store.clear(lease)
        store.removeDeadLetters(lease, store.formerDeadLetters(0, 1000))
    }
}

/** Saves at once, whatever becomes of the transaction. */
@CompileStatic
class ApartStore implements TransactionalStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final TransactionalStore store

    ApartStore(TransactionalStore store) { this.store = store }

    Database database() { store.database() }

    Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction) { store.save(lease, checkpoint) }
}

/** Keeps to itself that it can save in transactions of its database. */
@CompileStatic
class OwnCommitsStore implements CheckpointStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final TransactionalStore store

    OwnCommitsStore(TransactionalStore store) { this.store = store }
}

/** The same database, taken for another one. */
@CompileStatic
class OtherDatabase implements Database {
    private final Database database

    OtherDatabase(Database database) { this.database = database }

    Transaction begin() { database.begin() }

    Transaction begin(Deadline deadline) { database.begin(deadline) }
}
