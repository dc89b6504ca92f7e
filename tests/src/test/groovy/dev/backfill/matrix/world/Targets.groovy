package dev.backfill.matrix.world

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.Database
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.KeyedSink
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.fake.RecordingSink
import groovy.transform.CompileStatic

import java.util.function.Function

/** What stands in a target, whatever becomes of the processes that write there. */
interface Target {
    /** The sink as a process opens it. */
    Sink open()

    /** The keys of what it holds; one that is there twice, twice. */
    List<String> keys()

    /** What it holds under each key; empty for targets of keys alone. */
    Map<String, Map<String, Object>> held()

    /** How often each key was written, whether that had an effect or not. */
    Map<String, Integer> writes()
}

/** A target that other clients write to as well. */
interface ChangedByOthers {
    /** Lets another client change it between what the next write reads and what it changes. */
    void changeDuringWrite()
}

/** Refuses some records alone, as every target does. */
@CompileStatic
class Refusing {
    static final Set<String> REFUSED = ['p7', 'p18'] as Set

    static WriteResult write(List<Row> records, Function<List<Row>, WriteResult> write) {
        WriteResult some = write.apply(records.findAll { Row row -> !REFUSED.contains(row.get('id')) })
        WriteResult all = WriteResult.of(records, WriteStatus.UNCHANGED)
        int place = 0
        for (int i = 0; i < records.size(); i++) {
            if (REFUSED.contains(records[i].get('id'))) {
                all.rejected(i, 'not wanted')
            } else {
                all.merge(i, some, place++)
            }
        }
        some.position().ifPresent { String position -> all.at(position) }
        all
    }
}

/** Holds each record once, by its key. */
@CompileStatic
class KeyedTarget implements Target {
    private final RecordingSink recording = new RecordingSink('id')
    private final boolean ordered
    private final boolean returning

    KeyedTarget(boolean ordered, boolean returning) {
        this.ordered = ordered
        this.returning = returning
    }

    Sink open() { ordered ? new OrderedWriter(this) : new KeyedWriter(this) }

    WriteResult write(List<Row> records) {
        WriteResult outcome = Refusing.write(records) { List<Row> rows -> recording.write(rows) }
        if (returning) {
            for (int i = 0; i < records.size(); i++) {
                outcome.record(i, records[i].with([found: "by ${records[i].get('id')}".toString()]))
            }
        }
        outcome
    }

    List<String> keys() { recording.held().keySet().toList() }

    Map<String, Map<String, Object>> held() { recording.held() }

    Map<String, Integer> writes() { recording.writes() }
}

@CompileStatic
class KeyedWriter implements KeyedSink {
    private final KeyedTarget target

    KeyedWriter(KeyedTarget target) { this.target = target }

    WriteResult write(List<Row> records) { target.write(records) }

    Object target(Row row) { row.get('id') }
}

@CompileStatic
class OrderedWriter implements Sink {
    private final KeyedTarget target

    OrderedWriter(KeyedTarget target) { this.target = target }

    WriteResult write(List<Row> records) { target.write(records) }
}

/** A file of lines. */
@CompileStatic
class GrowingTarget implements Target {
    private final List<String> lines = []
    private final Map<String, Integer> writes = [:]
    private List<String> whole = []

    Sink open() { new GrowingWriter(this) }

    synchronized void cut(String position) {
        int from = Integer.parseInt(position ?: '0')
        if (from > lines.size()) {
            throw new FatalFailure("the target has ${lines.size()} lines, but the checkpoint knows $from")
        }
        lines.subList(from, lines.size()).clear()
    }

    synchronized WriteResult write(List<Row> records) {
        records*.get('id').each { Object id ->
            lines << (id as String)
            writes.merge(id as String, 1, Integer::sum)
        }
        WriteResult.of(records, WriteStatus.WRITTEN).at(lines.size() as String)
    }

    synchronized void finish() { whole = lines.toList() }

    /** What was made whole at the end; before that, what is there. */
    synchronized List<String> keys() { whole ?: lines }

    Map<String, Map<String, Object>> held() { [:] }

    Map<String, Integer> writes() { writes }
}

@CompileStatic
class GrowingWriter implements AppendOnlySink {
    private final GrowingTarget target

    GrowingWriter(GrowingTarget target) { this.target = target }

    void truncateTo(String position) { target.cut(position) }

    WriteResult write(List<Row> records) { Refusing.write(records) { List<Row> rows -> target.write(rows) } }

    void publish(Row totals) { target.finish() }
}

/** A table in memory. Without a unique key every insert adds a row, so that twice shows. */
@CompileStatic
class MemoryTable implements Target {
    private final MemoryDatabase database
    private final boolean unique
    private final List<String> rows = []
    private final Map<String, Integer> writes = [:]
    private final Map<String, Integer> writers = [:]
    private int opened
    /** Records that a process has written after a later one had. */
    final List<String> overwritten = []

    MemoryTable(MemoryDatabase database, boolean unique) {
        this.database = database
        this.unique = unique
    }

    synchronized Sink open() { new TableWriter(this, database, ++opened) }

    void insert(List<String> ids, int writer, Transaction transaction) {
        ((MemoryTransaction) transaction).change {
            ids.each { String id ->
                if (!unique || !rows.contains(id)) {
                    rows << id
                }
                writes.merge(id, 1, Integer::sum)
                if (writers.merge(id, writer) { Integer one, Integer other -> Math.max(one, other) } > writer) {
                    overwritten << id
                }
            }
        }
    }

    List<String> keys() { synchronized (database) { rows.toList() } }

    Map<String, Map<String, Object>> held() { [:] }

    Map<String, Integer> writes() { writes }
}

@CompileStatic
class TableWriter implements TransactionalSink {
    private final MemoryTable table
    private final Database database
    private final int writer

    /**
     * @param writer a later process has a higher number
     */
    TableWriter(MemoryTable table, Database database, int writer) {
        this.table = table
        this.database = database
        this.writer = writer
    }

    Database database() { database }

    WriteResult write(List<Row> records, Transaction transaction) {
        Refusing.write(records) { List<Row> rows ->
            table.insert(rows*.get('id')*.toString(), writer, transaction)
            WriteResult.of(rows, WriteStatus.WRITTEN)
        }
    }
}
