package dev.backfill.foundationdb.key;

import dev.backfill.connector.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the keys of one keyspace are made.
 *
 * @param prefix what all begin with, a character for each byte
 * @param parts what follows it, in this order
 * @param open true if anything may follow the parts
 */
public record KeyLayout(String prefix, List<KeyPart> parts, boolean open) {
    private static final String SEPARATOR = "/";
    private static final String FOREIGN = "0x";

    public KeyLayout {
        parts = List.copyOf(parts);
        Bytes.afterAll(Bytes.of(prefix)); // which tells a prefix that is no good
    }

    public KeyLayout with(KeyPart part) {
        if (open) {
            throw new IllegalArgumentException(
                    "'" + part.name() + "' cannot follow rest(): nobody knows where it begins");
        } else if (names().contains(part.name())) {
            throw new IllegalArgumentException("a key cannot have two parts called '" + part.name() + "'");
        }
        List<KeyPart> more = new ArrayList<>(parts);
        more.add(part);
        return new KeyLayout(prefix, more, false);
    }

    public KeyLayout withRest() {
        return new KeyLayout(prefix, parts, true);
    }

    public List<String> names() {
        return parts.stream().map(KeyPart::name).toList();
    }

    /** The first key of the prefix. */
    public byte[] begin() {
        return Bytes.of(prefix);
    }

    /** The first key after the prefix. */
    public byte[] end() {
        return Bytes.afterAll(begin());
    }

    /** How many bytes a key has, at least if it is open. */
    public int length() {
        return prefix.length() + parts.stream().mapToInt(KeyPart::length).sum();
    }

    /** False for a key that only happens to begin as ours do. */
    public boolean fits(byte[] key) {
        return Bytes.startsWith(key, begin()) && (open ? key.length >= length() : key.length == length());
    }

    /** The values of the parts of a key that fits, in their order. */
    public List<Object> read(byte[] key) {
        ByteBuffer buffer = ByteBuffer.wrap(key).position(prefix.length());
        List<Object> values = new ArrayList<>();
        parts.forEach(part -> values.add(part.read(buffer)));
        return values;
    }

    /** The key of these values. */
    public byte[] write(List<?> values) {
        ByteBuffer buffer = ByteBuffer.allocate(length()).put(begin());
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).write(values.get(i), buffer);
        }
        return buffer.array();
    }

    /** The key as people write it: its values, with slashes between them. */
    public String text(Row row) {
        return parts.stream().map(part -> String.valueOf(row.get(part.name()))).collect(Collectors.joining(SEPARATOR));
    }

    public String text(byte[] key) {
        return fits(key)
                ? read(key).stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR))
                : FOREIGN + Bytes.hex(key);
    }

    /** True for the text of a key that does not fit, so that no record can have it. */
    public boolean isForeign(String text) {
        return text.startsWith(FOREIGN);
    }

    /** The key that a text says. {@link IllegalArgumentException} if it says none. */
    public byte[] parse(String text) {
        String[] texts = text.strip().split(SEPARATOR, -1);
        if (texts.length != parts.size()) {
            throw new IllegalArgumentException("a key here is " + String.join(SEPARATOR, names()));
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            values.add(parts.get(i).parse(texts[i]));
        }
        return write(values);
    }
}
