package dev.backfill.matrix.world

import dev.backfill.checkpoint.Lease
import dev.backfill.connector.Database
import dev.backfill.connector.Transaction
import dev.backfill.matrix.Disturbance
import dev.backfill.matrix.Operation
import dev.backfill.time.Deadline
import groovy.transform.CompileStatic

import java.util.function.Supplier

/** A database as one process sees it. */
@CompileStatic
class DisturbedDatabase implements Database {
    private final Database target
    private final Disturbance disturbance
    private final Referee referee
    private final Mutant mutant

    DisturbedDatabase(Database target, Disturbance disturbance, Referee referee, Mutant mutant) {
        this.target = target
        this.disturbance = disturbance
        this.referee = referee
        this.mutant = mutant
    }

    Transaction begin() {
        new DisturbedTransaction(target.begin(), disturbance, referee)
    }

    /** The fence: how much time the lease leaves is known, and nothing was sent yet. */
    Transaction begin(Deadline deadline) {
        disturbance.step(Operation.FENCE) { new DisturbedTransaction(target.begin(mutant.deadline(deadline)), disturbance, referee) }
    }
}

@CompileStatic
class DisturbedTransaction implements Transaction {
    final Transaction target
    private final Disturbance disturbance
    private final Referee referee
    /** Under which a checkpoint is saved in it; null if none is. */
    Lease lease

    DisturbedTransaction(Transaction target, Disturbance disturbance, Referee referee) {
        this.target = target
        this.disturbance = disturbance
        this.referee = referee
    }

    def <T> T attempt(Supplier<T> part) { target.attempt(part) }

    void commit() {
        disturbance.step(Operation.COMMIT) { referee.watch(lease) { target.commit(); true } }
    }

    void close() { target.close() }
}
