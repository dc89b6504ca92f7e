package dev.backfill.foundationdb.read;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import dev.backfill.foundationdb.connection.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads many keys at once: all are under way before the first answer is waited for.
 *
 * @param doing for messages: "reading QR records"
 */
public record PointReads(Cluster cluster, String doing) {
    private static final int TOGETHER = 500;

    /** The value of each key, in the order of the keys. */
    public List<Optional<byte[]>> values(List<byte[]> keys) {
        List<Optional<byte[]>> values = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += TOGETHER) {
            values.addAll(together(keys.subList(from, Math.min(keys.size(), from + TOGETHER))));
        }
        return values;
    }

    /** Values can be so large that fewer fit into one transaction. */
    private List<Optional<byte[]>> together(List<byte[]> keys) {
        List<Optional<byte[]>> values = cluster.transact(doing, transaction -> values(transaction, keys));
        if (values.size() < keys.size()) {
            values.addAll(together(keys.subList(values.size(), keys.size())));
        }
        return values;
    }

    /** As many as the transaction lives for. */
    private static List<Optional<byte[]>> values(ReadTransaction transaction, List<byte[]> keys) {
        List<CompletableFuture<byte[]>> answers =
                keys.stream().map(transaction::get).toList();
        List<Optional<byte[]>> values = new ArrayList<>();
        try {
            for (CompletableFuture<byte[]> answer : answers) {
                values.add(Optional.ofNullable(Cluster.await(answer)));
            }
        } catch (FDBException e) {
            if (values.isEmpty()) {
                throw e;
            }
        }
        return values;
    }
}
