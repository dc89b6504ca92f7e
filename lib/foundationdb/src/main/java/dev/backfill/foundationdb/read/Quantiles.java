package dev.backfill.foundationdb.read;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;
import dev.backfill.foundationdb.key.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Cuts a range of keys into parts of equal width: as uuids are random, each has about as many records. */
final class Quantiles {
    private Quantiles() {}

    /** Ranges that follow each other without a gap, the last one up to the last key. */
    static List<Split> splits(byte[] first, byte[] last, int wanted) {
        int length = Math.max(first.length, last.length);
        byte[] low = Arrays.copyOf(first, length);
        byte[] high = Arrays.copyOf(last, length);
        List<Split> splits = new ArrayList<>();
        Cursor after = Cursor.start();
        byte[] before = low;
        for (int part = 1; part < wanted; part++) {
            byte[] point = Bytes.between(low, high, part, wanted);
            if (Arrays.compareUnsigned(point, before) > 0 && Arrays.compareUnsigned(point, last) < 0) {
                after = add(splits, after, point);
                before = point;
            }
        }
        add(splits, after, last);
        return splits;
    }

    private static Cursor add(List<Split> splits, Cursor after, byte[] upTo) {
        Cursor end = Cursor.after(Bytes.hex(upTo));
        splits.add(new Split(splits.size(), after, Optional.of(end), OptionalLong.empty()));
        return end;
    }
}
