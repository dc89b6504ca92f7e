package dev.backfill.flow

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.Database
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.KeyedSink
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.fake.FakeTime
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SinkStep
import dev.backfill.retry.Retry
import dev.backfill.retry.RetryPolicy
import dev.backfill.time.Deadline
import dev.backfill.time.StopSignal
import dev.backfill.time.Waiter

import java.time.Duration
import java.time.Instant
import java.util.function.Supplier

/** Sinks that do what a closure says, opened as a plan's sinks are. */
class Sinks {
    static OpenSink open(String title, Sink sink, RecordFunction when = null) {
        def definition = new SinkDefinition() {
            String title() { title }

            Sink open(Resources resources) { sink }
        }
        new OpenSink(new SinkStep(definition, Optional.ofNullable(when), Optional.empty(), Optional.empty()), sink)
    }

    static Retry retry(FakeTime time = new FakeTime(Instant.EPOCH)) {
        new Retry(new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(4)), new Waiter(time, new StopSignal()), new Random(7),
                { String doing, failure, int attempt, Duration wait -> })
    }

    static BatchProgress batch(List<Row> rows) {
        BatchProgress.of(rows.collect { new RecordPair(it, it) })
    }

    static List<Row> rows(int count, int from = 0) {
        (0..<count).collect { Row.of([id: from + it]) }
    }

    static WriteResult written(List<Row> rows) {
        WriteResult.of(rows, WriteStatus.WRITTEN)
    }

    static class One implements Sink {
        Closure<WriteResult> does = { List<Row> rows -> written(rows) }
        final List<List<Object>> writes = [].asSynchronized()

        @Override
        WriteResult write(List<Row> records) {
            writes << records.collect { it.get('id') }
            does.call(records)
        }

        List<Integer> sizes() {
            writes*.size()
        }
    }

    static class Keyed extends One implements KeyedSink {
        @Override
        Object target(Row row) {
            row.get('id')
        }
    }

    static class Growing extends One implements AppendOnlySink {
        @Override
        void truncateTo(String position) {}

        @Override
        void publish(Row totals) {}
    }

    /** Counts what is undone; keeps to nothing else. */
    static class Memory implements Database, Transaction {
        int undone

        @Override
        Transaction begin() {
            this
        }

        @Override
        Transaction begin(Deadline deadline) {
            this
        }

        @Override
        <T> T attempt(Supplier<T> part) {
            try {
                part.get()
            } catch (RuntimeException e) {
                undone++
                throw e
            }
        }

        @Override
        void commit() {}

        @Override
        void close() {}
    }

    static class Shared extends One implements TransactionalSink {
        Memory memory = new Memory()

        @Override
        Database database() {
            memory
        }

        @Override
        WriteResult write(List<Row> records, Transaction transaction) {
            writes << records.collect { it.get('id') }
            does.call(records)
        }

        @Override
        WriteResult write(List<Row> records) {
            throw new AssertionError('it shares the transaction')
        }
    }
}
