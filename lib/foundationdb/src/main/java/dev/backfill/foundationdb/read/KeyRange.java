package dev.backfill.foundationdb.read;

import java.util.Arrays;

/** The keys from one up to, not including, another. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyRange(byte[] begin, byte[] end) {
    boolean holds(byte[] key) {
        return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
    }
}
