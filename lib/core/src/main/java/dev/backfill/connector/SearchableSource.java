package dev.backfill.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A source that finds records by their keys, if need be by reading from its beginning, so that dead letters can be retried. */
public interface SearchableSource extends Source {
    /** The records that are there now, by those of the keys in dead letters that lead to one. */
    default Map<String, Row> findByKey(List<String> keys) {
        Map<String, Row> found = new LinkedHashMap<>();
        find(keys).forEach(row -> found.put(key(row), row));
        return found;
    }

    /** How many of these keys, from the first one on, have records that fit into memory together: one at least. */
    default int together(List<String> keys) {
        return keys.size();
    }

    /** The records with these keys, as {@link #key} gives them, that are there now; in no promised order. */
    default List<Row> find(List<String> keys) {
        Set<String> wanted = new HashSet<>(keys);
        List<Row> found = new ArrayList<>();
        for (Split split : splits(1)) {
            Cursor cursor = split.after();
            for (boolean last = false; !last; ) {
                Batch batch = read(split, cursor, 1_000);
                batch.rows().stream().filter(row -> wanted.contains(key(row))).forEach(found::add);
                cursor = batch.next();
                last = batch.last();
            }
        }
        return found;
    }
}
