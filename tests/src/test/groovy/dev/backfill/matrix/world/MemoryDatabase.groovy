package dev.backfill.matrix.world

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.DeadLetter
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.Owner
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.connector.Database
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Transaction
import dev.backfill.time.Deadline
import groovy.transform.CompileStatic

import java.util.function.Supplier

/** A database in memory: a transaction's changes take effect together at its commit, or not at all. */
@CompileStatic
class MemoryDatabase implements Database {
    Transaction begin() { begin(Deadline.none()) }

    Transaction begin(Deadline deadline) { new MemoryTransaction(this, deadline) }
}

@CompileStatic
class MemoryTransaction implements Transaction {
    private final MemoryDatabase database
    private final List<Runnable> conditions = []
    private final List<Runnable> changes = []
    private final Deadline deadline
    private boolean open = true

    MemoryTransaction(MemoryDatabase database, Deadline deadline) {
        this.database = database
        this.deadline = deadline
    }

    /** Done first at the commit, and nothing of the transaction is done if it throws. */
    void condition(Runnable condition) { conditions << condition }

    void change(Runnable change) { changes << change }

    def <T> T attempt(Supplier<T> part) {
        int before = changes.size()
        try {
            part.get()
        } catch (RejectedFailure | OversizedFailure e) {
            changes.subList(before, changes.size()).clear()
            throw e
        }
    }

    void commit() {
        assert open
        open = false
        if (deadline.left().negative) {
            throw new OversizedFailure('committing: it took longer than the lease lasts', new IllegalStateException())
        }
        synchronized (database) {
            conditions.each { Runnable it -> it.run() }
            changes.each { Runnable it -> it.run() }
        }
    }

    void close() { open = false }
}

/** A checkpoint in such a database. */
@CompileStatic
class MemoryDatabaseStore implements TransactionalStore {
    @Delegate(interfaces = false, excludes = 'traits')
    private final MemoryStore store
    private final MemoryDatabase database

    MemoryDatabaseStore(MemoryStore store, MemoryDatabase database) {
        this.store = store
        this.database = database
    }

    Database database() { database }

    /** Before a commit or after it, as a row that is locked until then. */
    Lease acquire(Owner owner, AcquireCondition claim) {
        synchronized (database) {
            store.acquire(owner, claim)
        }
    }

    Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction) {
        CheckpointSnapshot now = store.read()
        if (now.epoch() != lease.epoch() || now.version() != lease.version()) {
            throw new LeaseLostException('the checkpoint is not ours')
        }
        ((MemoryTransaction) transaction).condition { store.save(lease, checkpoint) }
        lease.saved()
    }

    void addDeadLetters(Lease lease, List<DeadLetter> letters, Transaction transaction) {
        ((MemoryTransaction) transaction).change { store.addDeadLetters(lease, letters) }
    }

    CheckpointStore getStorage() { store }
}
