package dev.backfill.foundationdb.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** A part of a key that has a name and a length of its own. */
public sealed interface KeyPart {
    String name();

    int length();

    /** The value, from where the buffer stands. */
    Object read(ByteBuffer key);

    void write(Object value, ByteBuffer key);

    /** The value that a text says. {@link IllegalArgumentException} if it says none. */
    Object parse(String text);

    /** The 16 bytes of a uuid. */
    record Uuid(String name) implements KeyPart {
        @Override
        public int length() {
            return Bytes.UUID_LENGTH;
        }

        @Override
        public Object read(ByteBuffer key) {
            return new UUID(key.getLong(), key.getLong());
        }

        @Override
        public void write(Object value, ByteBuffer key) {
            key.put(Bytes.of((UUID) value));
        }

        @Override
        public Object parse(String text) {
            UUID uuid = UUID.fromString(text);
            if (!uuid.toString().equalsIgnoreCase(text)) {
                throw new IllegalArgumentException("not a whole uuid");
            }
            return uuid;
        }
    }

    /** Nanoseconds since 1970, in 8 bytes, the highest first. */
    record Nanos(String name) implements KeyPart {
        private static final long SECOND = 1_000_000_000L;

        @Override
        public int length() {
            return Long.BYTES;
        }

        @Override
        public Object read(ByteBuffer key) {
            long nanos = key.getLong();
            return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
        }

        @Override
        public void write(Object value, ByteBuffer key) {
            Instant time = (Instant) value;
            key.putLong(BigInteger.valueOf(time.getEpochSecond())
                    .multiply(BigInteger.valueOf(SECOND))
                    .add(BigInteger.valueOf(time.getNano()))
                    .longValueExact());
        }

        @Override
        public Object parse(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a point in time", e);
            }
        }
    }
}
