package dev.backfill.foundationdb.read;

import com.apple.foundationdb.KeyValue;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FilterableSource;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.MalformedRecord;
import dev.backfill.connector.Row;
import dev.backfill.connector.Scope;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.connector.UnfitKeyException;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.foundationdb.connection.Cluster;
import dev.backfill.foundationdb.key.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the records of a keyspace in the order of their keys. A cursor is the last key read, in hexadecimal. What is there when
 * the splits are planned is read once; what is added in the meantime may be, too.
 */
public final class KeyspaceSource implements KeyedSource, FilterableSource, Identified, Inspectable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyspaceSource.class);

    private final Cluster cluster;
    private final Keyspace keyspace;
    private final KeyRange range;
    private final Columns columns;
    private final RangeScan scan;

    public KeyspaceSource(Cluster cluster, Keyspace keyspace) {
        this(
                cluster,
                keyspace,
                new KeyRange(keyspace.layout().begin(), keyspace.layout().end()));
    }

    private KeyspaceSource(Cluster cluster, Keyspace keyspace, KeyRange range) {
        this.cluster = cluster;
        this.keyspace = keyspace;
        this.range = range;
        this.columns = keyspace.columns();
        this.scan = new RangeScan(cluster, "reading " + keyspace.name() + " records");
    }

    @Override
    public List<Split> splits(int wanted) {
        List<KeyValue> first = scan.read(range.begin(), range.end(), 1);
        List<KeyValue> last = scan.last(range.begin(), range.end());
        if (first.isEmpty() || last.isEmpty()) {
            return List.of(Split.whole());
        }
        return Quantiles.splits(first.get(0).getKey(), last.get(0).getKey(), wanted);
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        byte[] begin = after.atStart() ? range.begin() : Bytes.after(Bytes.ofHex(after.text()));
        byte[] end =
                split.upTo().map(last -> Bytes.after(Bytes.ofHex(last.text()))).orElse(range.end());
        List<KeyValue> found = scan.read(begin, end, limit);
        List<Row> rows = new ArrayList<>(found.size());
        List<MalformedRecord> unreadable = new ArrayList<>();
        for (KeyValue record : found) {
            sort(record, rows, unreadable);
        }
        Cursor next = found.isEmpty()
                ? after
                : Cursor.after(Bytes.hex(found.get(found.size() - 1).getKey()));
        return new Batch(
                rows, unreadable, next, found.size() < limit || split.upTo().equals(Optional.of(next)));
    }

    private void sort(KeyValue record, List<Row> rows, List<MalformedRecord> unreadable) {
        try {
            rows.add(keyspace.read(columns, record));
        } catch (IllegalArgumentException e) {
            String key = keyspace.layout().text(record.getKey());
            LOG.warn("skip {} {} decode error: {}", keyspace.name(), key, e.getMessage());
            unreadable.add(new MalformedRecord(key, RawRecord.json(record), "decode error: " + e.getMessage()));
        }
    }

    @Override
    public String key(Row row) {
        return keyspace.layout().text(row);
    }

    @Override
    public List<Row> find(List<String> keys) {
        List<byte[]> wanted = keys.stream()
                .filter(key -> !keyspace.layout().isForeign(key))
                .map(this::parsed)
                .toList();
        List<Optional<byte[]>> values =
                new PointReads(cluster, "reading " + keyspace.name() + " records").values(wanted);
        List<Row> rows = new ArrayList<>();
        List<MalformedRecord> unreadable = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            byte[] key = wanted.get(i);
            if (range.holds(key)) {
                values.get(i).ifPresent(value -> sort(new KeyValue(key, value), rows, unreadable));
            }
        }
        return rows;
    }

    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        return keyspace.read(columns, fields);
    }

    @Override
    public void check(List<String> keys) {
        keys.forEach(this::parsed);
    }

    @Override
    public Source filter(Scope scope) {
        if (scope.where().isPresent()) {
            throw new UnfitScopeException("reading " + keyspace.name()
                    + " records: FoundationDB knows no conditions; name a range with --from and --to, or keys"
                    + " with --keys");
        }
        KeyRange part = new KeyRange(
                scope.from().map(this::parsed).orElse(range.begin()),
                scope.to().map(this::parsed).map(Bytes::after).orElse(range.end()));
        return new KeyspaceSource(cluster, keyspace, part);
    }

    private byte[] parsed(String key) {
        try {
            return keyspace.layout().parse(key);
        } catch (IllegalArgumentException e) {
            throw new UnfitKeyException(
                    key,
                    "reading " + keyspace.name() + " records: '" + key
                            + "' is no key of theirs (" + e.getMessage() + "); a key here is "
                            + String.join("/", keyspace.layout().names()));
        }
    }

    @Override
    public String identity() {
        return cluster.identity() + ", prefix " + keyspace.prefix();
    }

    @Override
    public List<Diagnostic> inspect() {
        List<Diagnostic> findings = new ArrayList<>();
        if (scan.read(range.begin(), range.end(), 1).isEmpty()) {
            findings.add(Diagnostic.warning("there is no " + keyspace.name() + " record under the prefix "
                    + keyspace.prefix() + "; look whether it is the right cluster"));
        }
        findings.add(Diagnostic.info(keyspace.name() + " records are read from " + cluster.identity()
                + " in many transactions: what is added during the run may need a second run"));
        return findings;
    }
}
