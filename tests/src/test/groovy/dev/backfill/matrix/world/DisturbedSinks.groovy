package dev.backfill.matrix.world

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.Database
import dev.backfill.connector.KeyedSink
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkTraits
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.matrix.Disturbance
import dev.backfill.matrix.Operation
import groovy.transform.CompileStatic

/** A sink as one process sees it; its kind is the target's. */
@CompileStatic
class DisturbedSinks {
    static Sink of(Sink target, Operation operation, Disturbance disturbance, Database database) {
        switch (target) {
            case TransactionalSink: return new DisturbedTransactional((TransactionalSink) target, disturbance, database)
            case AppendOnlySink: return new DisturbedAppending((AppendOnlySink) target, disturbance)
            case KeyedSink: return new DisturbedKeyed((KeyedSink) target, operation, disturbance)
            default: return new DisturbedOrdered(target, operation, disturbance)
        }
    }
}

@CompileStatic
class DisturbedKeyed implements KeyedSink {
    private final KeyedSink target
    private final Operation operation
    private final Disturbance disturbance

    DisturbedKeyed(KeyedSink target, Operation operation, Disturbance disturbance) {
        this.target = target
        this.operation = operation
        this.disturbance = disturbance
    }

    WriteResult write(List<Row> records) {
        disturbance.step(operation) { target.write(records) }
    }

    Object target(Row row) { target.target(row) }

    @Override
    void close() { target.close() }
}

@CompileStatic
class DisturbedOrdered implements Sink {
    private final Sink target
    private final Operation operation
    private final Disturbance disturbance

    DisturbedOrdered(Sink target, Operation operation, Disturbance disturbance) {
        this.target = target
        this.operation = operation
        this.disturbance = disturbance
    }

    @Override
    SinkTraits traits() { SinkTraits.of(this).inSeries() }

    WriteResult write(List<Row> records) {
        disturbance.step(operation) { target.write(records) }
    }

    @Override
    void close() { target.close() }
}

@CompileStatic
class DisturbedTransactional implements TransactionalSink {
    private final TransactionalSink target
    private final Disturbance disturbance
    private final Database database

    DisturbedTransactional(TransactionalSink target, Disturbance disturbance, Database database) {
        this.target = target
        this.disturbance = disturbance
        this.database = database
    }

    Database database() { database }

    WriteResult write(List<Row> records, Transaction transaction) {
        disturbance.step(Operation.WRITE_1) { target.write(records, ((DisturbedTransaction) transaction).target) }
    }
}

@CompileStatic
class DisturbedAppending implements AppendOnlySink {
    private final AppendOnlySink target
    private final Disturbance disturbance

    DisturbedAppending(AppendOnlySink target, Disturbance disturbance) {
        this.target = target
        this.disturbance = disturbance
    }

    void truncateTo(String position) {
        disturbance.step(Operation.RESUME) { target.truncateTo(position); true }
    }

    WriteResult write(List<Row> records) {
        disturbance.step(Operation.WRITE_1) { target.write(records) }
    }

    void publish(Row totals) {
        disturbance.step(Operation.FINISH) { target.publish(totals); true }
    }

    @Override
    void close() { target.close() }
}
