package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presents an array as a list of its elements, and keeps the server's own text of it, so that an array that is only copied stays
 * exactly what it was, with its bounds. Nothing is parsed before an element is asked for. Thread-safe and immutable.
 */
final class ServerArray extends AbstractList<@Nullable Object> {
    private final String text;
    private final ColumnType element;
    private volatile @Nullable List<@Nullable Object> elements;

    ServerArray(String text, ColumnType element) {
        this.text = text;
        this.element = element;
    }

    String text() {
        return text;
    }

    ColumnType element() {
        return element;
    }

    /** Where the server counts from another number than 1: "[0:1]=", else nothing. */
    String bounds() {
        return text.startsWith("[") ? text.substring(0, text.indexOf('=') + 1) : "";
    }

    @Override
    public @Nullable Object get(int index) {
        return elements().get(index);
    }

    @Override
    public int size() {
        return elements().size();
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> parsed = elements;
        if (parsed == null) {
            parsed = new ArrayParser(text.substring(bounds().length()), element).elements();
            elements = parsed;
        }
        return parsed;
    }
}
