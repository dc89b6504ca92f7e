package dev.backfill.connector;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * One record: a read-only map from column to value, a value may be null. Asking for a column that is not there is an
 * error, so that a misspelt name is never taken for null. Compact: the names are shared by all records of a batch.
 */
@NullUnmarked
public final class Row extends AbstractMap<String, Object> {
    private final Columns columns;
    private final Object[] values;
    private final @Nullable Consumer<String> reader;

    private Row(Columns columns, Object[] values) {
        this(columns, values, null);
    }

    private Row(Columns columns, Object[] values, @Nullable Consumer<String> reader) {
        this.columns = columns;
        this.values = values;
        this.reader = reader;
    }

    /** Takes the array over; it must not be changed afterwards. */
    public static Row of(Columns columns, @Nullable Object... values) {
        if (columns.size() != values.length) {
            throw new IllegalArgumentException(columns.size() + " columns, but " + values.length + " values");
        }
        return new Row(columns, values);
    }

    public static Row of(Map<String, ? extends @Nullable Object> values) {
        if (values instanceof Row row) {
            return row;
        }
        return new Row(Columns.of(List.copyOf(values.keySet())), values.values().toArray());
    }

    /** The same record, which reports the name of each column that is read by name, or with all the others. */
    public Row observed(Consumer<String> read) {
        return new Row(columns, values, read);
    }

    /** The same values in columns of the same names. */
    public Row withColumns(Columns typed) {
        return new Row(typed, values, reader);
    }

    /** A record of other columns, observed as this one is. */
    public Row reshaped(Columns other, @Nullable Object... held) {
        return new Row(other, held, reader);
    }

    public Columns columns() {
        return columns;
    }

    /** The value at a position, from 0. */
    public @Nullable Object at(int position) {
        return values[position];
    }

    /** The value of a column; {@link UnknownColumnException} or {@link MissingFieldException} if there is no such column. */
    @Override
    public @Nullable Object get(Object column) {
        int position = columns.positionIfPresent(column);
        if (position < 0) {
            return null; // an optional field of JSON
        }
        if (reader != null) {
            reader.accept(columns.names().get(position));
        }
        return values[position];
    }

    /** True if it has a value of JSON, or has a record that may have one. */
    public boolean mayGiveJson() {
        if (!columns.json().isEmpty()) {
            return true;
        }
        for (Object value : values) {
            if (value instanceof Row) {
                return true;
            }
        }
        return false;
    }

    /** True if this very object is the value of a column of JSON, of this record or of one in it. */
    public boolean givesJson(Object value) {
        for (int i = 0; i < values.length; i++) {
            boolean own = values[i] == value
                    && columns.json().contains(columns.names().get(i));
            if (own || (values[i] instanceof Row inner && inner.givesJson(value))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean containsKey(Object column) {
        return columns.contains(column);
    }

    @Override
    public @Nullable Object getOrDefault(Object column, @Nullable Object otherwise) {
        return containsKey(column) ? get(column) : otherwise;
    }

    /** True for a map with the same columns, in any order, and equal values. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Map<?, ?> map
                        && map.size() == size()
                        && columns.names().stream()
                                .allMatch(name -> map.containsKey(name) && Objects.equals(get(name), map.get(name))));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** A record with these values instead of, or next to, its own. */
    public Row with(Map<String, ? extends @Nullable Object> changes) {
        if (!columns.names().containsAll(changes.keySet())) {
            return wider(changes);
        }
        Object[] changed = values.clone();
        changes.forEach((name, value) -> changed[columns.position(name)] = value);
        return reshaped(columns, changed);
    }

    /** The same with values for these columns. */
    public Row with(Columns changed, @Nullable Object... held) {
        if (held.length == 0) {
            return this;
        }
        Object[] all = values.clone();
        for (int i = 0; i < held.length; i++) {
            String name = changed.names().get(i);
            if (!columns.contains(name)) {
                return with(Row.of(changed, held));
            }
            all[columns.position(name)] = held[i];
        }
        return reshaped(columns, all);
    }

    private Row wider(Map<String, ? extends @Nullable Object> changes) {
        List<String> names = new ArrayList<>(columns.names());
        changes.keySet().stream().filter(name -> !columns.contains(name)).forEach(names::add);
        return reshaped(
                columns.and(names.subList(columns.size(), names.size())),
                names.stream()
                        .map(name -> changes.containsKey(name) ? changes.get(name) : values[columns.position(name)])
                        .toArray());
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        if (reader != null) {
            columns.names().forEach(reader);
        }
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return IntStream.range(0, values.length)
                        .mapToObj(i -> (Entry<String, Object>) new SimpleImmutableEntry<String, Object>(
                                columns.names().get(i), values[i]))
                        .iterator();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }
}
