package dev.backfill.foundationdb.read;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterator;
import dev.backfill.foundationdb.connection.Cluster;
import dev.backfill.foundationdb.key.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a range of keys of any size: in transactions that end well before the cluster would end them, each continuing after the
 * last key of the one before. So it is no snapshot of the whole.
 *
 * @param doing for messages: "reading QR records"
 */
public record RangeScan(Cluster cluster, String doing) {
    /** A transaction reads for 5 seconds at most. */
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** And 10 MB. */
    private static final long MOST_BYTES = 4_000_000;

    /** What one transaction read, and whether nothing follows. */
    private record Part(List<KeyValue> found, boolean end) {}

    /** The first records from one key up to, not including, another; fewer than the limit only if there are no more. */
    public List<KeyValue> read(byte[] begin, byte[] end, int limit) {
        List<KeyValue> found = new ArrayList<>();
        byte[] from = begin;
        boolean more = true;
        while (more && found.size() < limit) {
            byte[] start = from;
            int wanted = limit - found.size();
            Part part = cluster.transact(doing, transaction -> part(transaction, start, end, wanted));
            found.addAll(part.found());
            more = !part.end();
            from = part.found().isEmpty()
                    ? from
                    : Bytes.after(last(part.found()).getKey());
        }
        return found;
    }

    /** The last record of a range; none if it is empty. */
    public List<KeyValue> last(byte[] begin, byte[] end) {
        return cluster.transact(
                doing,
                transaction ->
                        Cluster.await(transaction.getRange(begin, end, 1, true).asList()));
    }

    /** A transaction that ends too early has still read what it has read. */
    private Part part(ReadTransaction transaction, byte[] begin, byte[] end, int limit) {
        List<KeyValue> found = new ArrayList<>();
        try {
            return new Part(found, fill(found, transaction, begin, end, limit));
        } catch (FDBException e) {
            if (found.isEmpty()) {
                throw e;
            }
            return new Part(found, false);
        }
    }

    /** True if nothing follows. */
    private boolean fill(List<KeyValue> found, ReadTransaction transaction, byte[] begin, byte[] end, int limit) {
        long started = cluster.nanos();
        long bytes = 0;
        AsyncIterator<KeyValue> records = transaction
                .getRange(begin, end, limit, false, StreamingMode.WANT_ALL)
                .iterator();
        while (Cluster.await(records.onHasNext())) {
            KeyValue record = records.next();
            found.add(record);
            bytes += record.getKey().length + record.getValue().length;
            if (bytes > MOST_BYTES || cluster.nanos() - started > LONGEST.toNanos()) {
                records.cancel();
                return false;
            }
        }
        return found.size() < limit;
    }

    private static KeyValue last(List<KeyValue> records) {
        return records.get(records.size() - 1);
    }
}
