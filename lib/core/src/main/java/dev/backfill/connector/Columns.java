package dev.backfill.connector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a record's values in their order, shared by all records of a batch. Immutable and thread-safe. */
public final class Columns {
    private final List<String> names;
    private final Map<String, Integer> positions;

    private Columns(List<String> names) {
        this.names = List.copyOf(names);
        this.positions = new HashMap<>();
        for (int i = 0; i < this.names.size(); i++) {
            if (positions.put(this.names.get(i), i) != null) {
                throw new IllegalArgumentException("the column '" + this.names.get(i) + "' is there twice");
            }
        }
    }

    public static Columns of(List<String> names) {
        return new Columns(names);
    }

    public static Columns of(String... names) {
        return new Columns(List.of(names));
    }

    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    public boolean contains(Object name) {
        return positions.containsKey(name);
    }

    /** Where the column stands, from 0; {@link UnknownColumnException} if there is none of that name. */
    public int position(Object name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new UnknownColumnException(String.valueOf(name), names);
        }
        return position;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Columns columns && columns.names.equals(names));
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
