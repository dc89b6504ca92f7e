package dev.backfill.foundationdb.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** What keys are made of: bytes, in the order in which the cluster keeps them. */
public final class Bytes {
    public static final int UUID_LENGTH = 16;

    private Bytes() {}

    /** The bytes of a text whose characters each stand for one. {@link IllegalArgumentException} for any other. */
    public static byte[] of(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            if (text.charAt(i) > 0xFF) {
                throw new IllegalArgumentException("a key is made of bytes, and '" + text.charAt(i) + "' is none");
            }
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] ofHex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static byte[] of(UUID uuid) {
        return ByteBuffer.allocate(UUID_LENGTH)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** The first key that comes after this one. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The first key after all that begin so. */
    public static byte[] afterAll(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("a prefix of bytes that are all 0xff has no end");
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
    }

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The key that lies at a share of the way from one to another, both of one length. */
    public static byte[] between(byte[] from, byte[] to, int part, int parts) {
        BigInteger low = new BigInteger(1, from);
        BigInteger way = new BigInteger(1, to).subtract(low);
        byte[] point = low.add(way.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(parts)))
                .toByteArray();
        byte[] key = new byte[from.length];
        int copied = Math.min(point.length, key.length);
        System.arraycopy(point, point.length - copied, key, key.length - copied, copied);
        return key;
    }
}
