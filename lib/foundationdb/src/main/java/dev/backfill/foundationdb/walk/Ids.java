package dev.backfill.foundationdb.walk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A set of uuids, some 40 bytes each, that remembers which of them were met. First all are added, then it is asked. */
final class Ids {
    private final List<UUID> ids = new ArrayList<>();
    private final BitSet met = new BitSet();
    private boolean sorted = true;

    void add(UUID id) {
        ids.add(id);
        sorted = false;
    }

    /** True if it is in the set. */
    boolean meet(UUID id) {
        sort();
        int place = Collections.binarySearch(ids, id);
        if (place >= 0) {
            met.set(place);
        }
        return place >= 0;
    }

    /** Those that were never met. */
    List<UUID> unmet() {
        sort();
        List<UUID> left = new ArrayList<>();
        for (int i = met.nextClearBit(0); i < ids.size(); i = met.nextClearBit(i + 1)) {
            left.add(ids.get(i));
        }
        return left;
    }

    private void sort() {
        if (!sorted) {
            List<UUID> distinct = ids.stream().sorted().distinct().toList();
            ids.clear();
            ids.addAll(distinct);
            sorted = true;
        }
    }
}
