package dev.backfill.foundationdb.walk;

import com.apple.foundationdb.KeyValue;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Lookup;
import dev.backfill.connector.Row;
import dev.backfill.foundationdb.connection.Cluster;
import dev.backfill.foundationdb.key.Bytes;
import dev.backfill.foundationdb.read.RangeScan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds pointers by what they point to, which the cluster itself cannot: so all pointers are read once, with the first call, and
 * kept, some 200 bytes each. Where several that differ point to the same, each column holds the list of its values.
 */
public final class PointerLookup implements Lookup {
    private static final Logger LOG = LoggerFactory.getLogger(PointerLookup.class);
    private static final int TOGETHER = 5_000;

    private final Cluster cluster;
    private final Stop pointers;
    private final Columns columns;
    private Optional<Map<UUID, List<List<Object>>>> known = Optional.empty();

    public PointerLookup(Cluster cluster, Stop pointers) {
        this.cluster = cluster;
        this.pointers = pointers;
        this.columns = Columns.of(pointers.layout().names());
    }

    @Override
    public synchronized Map<String, Row> find(Collection<String> values) {
        Map<UUID, List<List<Object>>> all = known.orElseGet(this::read);
        known = Optional.of(all);
        Map<String, Row> found = new HashMap<>();
        for (String value : values) {
            target(value).map(all::get).ifPresent(keys -> found.put(value, row(keys)));
        }
        return found;
    }

    /** Nothing points to what is no uuid. */
    private static Optional<UUID> target(String value) {
        try {
            UUID uuid = UUID.fromString(value);
            return uuid.toString().equalsIgnoreCase(value) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Row row(List<List<Object>> keys) {
        if (keys.size() == 1) {
            return Row.of(columns, keys.get(0).toArray());
        }
        Object[] lists = new Object[columns.size()];
        for (int i = 0; i < lists.length; i++) {
            int column = i;
            lists[i] = keys.stream().map(key -> key.get(column)).toList();
        }
        return Row.of(columns, lists);
    }

    private Map<UUID, List<List<Object>>> read() {
        Map<UUID, List<List<Object>>> all = new HashMap<>();
        RangeScan scan = new RangeScan(cluster, "reading " + pointers.name());
        byte[] from = pointers.layout().begin();
        List<KeyValue> found;
        do {
            found = scan.read(from, pointers.layout().end(), TOGETHER);
            for (KeyValue each : found) {
                from = Bytes.after(each.getKey());
                add(all, each);
            }
        } while (found.size() == TOGETHER);
        return all;
    }

    private void add(Map<UUID, List<List<Object>>> all, KeyValue pointer) {
        if (!pointers.layout().fits(pointer.getKey()) || pointer.getValue().length != Bytes.UUID_LENGTH) {
            LOG.warn(
                    "skip {} {}: it points to nothing that has a uuid",
                    pointers.name(),
                    pointers.layout().text(pointer.getKey()));
            return;
        }
        ByteBuffer value = ByteBuffer.wrap(pointer.getValue());
        List<List<Object>> keys =
                all.computeIfAbsent(new UUID(value.getLong(), value.getLong()), target -> new ArrayList<>(1));
        List<Object> key = pointers.layout().read(pointer.getKey());
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
