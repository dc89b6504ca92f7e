package dev.backfill.matrix.world

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.DeadLetter
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.LetterCount
import dev.backfill.checkpoint.Note
import dev.backfill.checkpoint.Owner
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.connector.Database
import dev.backfill.connector.Transaction
import dev.backfill.matrix.Disturbance
import dev.backfill.matrix.Operation
import groovy.transform.CompileStatic

/** A store as one process sees it. */
@CompileStatic
class DisturbedStore implements CheckpointStore {
    protected final CheckpointStore target
    protected final Disturbance disturbance
    protected final Referee referee

    DisturbedStore(CheckpointStore target, Disturbance disturbance, Referee referee) {
        this.target = target
        this.disturbance = disturbance
        this.referee = referee
    }

    /** One that saves in transactions if the target does. */
    static DisturbedStore of(CheckpointStore target, Disturbance disturbance, Referee referee, Database database) {
        target instanceof TransactionalStore
            ? new DisturbedTransactionalStore((TransactionalStore) target, disturbance, referee, database)
            : new DisturbedStore(target, disturbance, referee)
    }

    CheckpointSnapshot read() {
        disturbance.step(Operation.LOOK) { target.read() }
    }

    Lease acquire(Owner owner, AcquireCondition claim) {
        disturbance.step(Operation.TAKE) { target.acquire(owner, claim) }
    }

    void renew(Lease lease) {
        disturbance.step(Operation.BEAT) { target.renew(lease); true }
    }

    Lease save(Lease lease, Checkpoint checkpoint) {
        disturbance.step(Operation.SAVE) { referee.watch(lease) { target.save(lease, checkpoint) } }
    }

    void release(Lease lease) {
        disturbance.step(Operation.RELEASE) { target.release(lease); true }
    }

    void clear(Lease lease) {
        disturbance.step(Operation.CLEAR) { referee.watch(lease) { target.clear(lease); true } }
    }

    void addDeadLetters(Lease lease, List<DeadLetter> letters) {
        disturbance.step(Operation.BURY) { referee.watch(lease) { target.addDeadLetters(lease, letters); true } }
    }

    void removeDeadLetters(Lease lease, List<DeadLetter> letters) { target.removeDeadLetters(lease, letters) }

    List<DeadLetter> deadLetters(long skip, int most) { target.deadLetters(skip, most) }

    List<DeadLetter> formerDeadLetters(long skip, int most) { target.formerDeadLetters(skip, most) }

    List<LetterCount> letterCounts() { target.letterCounts() }

    long countDeadLetters() { target.countDeadLetters() }

    Optional<Note> note(String name) { target.note(name) }

    boolean write(String name, long version, String text) { target.write(name, version, text) }

    @Override
    void close() { }
}

@CompileStatic
class DisturbedTransactionalStore extends DisturbedStore implements TransactionalStore {
    private final Database database

    DisturbedTransactionalStore(TransactionalStore target, Disturbance disturbance, Referee referee, Database database) {
        super(target, disturbance, referee)
        this.database = database
    }

    Database database() { database }

    Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction) {
        DisturbedTransaction disturbed = (DisturbedTransaction) transaction
        disturbed.lease = lease
        disturbance.step(Operation.SAVE) { shared.save(lease, checkpoint, disturbed.target) }
    }

    void addDeadLetters(Lease lease, List<DeadLetter> letters, Transaction transaction) {
        disturbance.step(Operation.BURY) { shared.addDeadLetters(lease, letters, ((DisturbedTransaction) transaction).target); true }
    }

    private TransactionalStore getShared() { (TransactionalStore) target }
}
