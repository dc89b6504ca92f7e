package dev.backfill.connector;

import dev.backfill.words.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of a record's values in their order, shared by all records of a batch. Immutable and thread-safe. */
public final class Columns {
    private final List<String> names;
    private final Map<String, Integer> positions;
    private final Optional<Set<String>> others;

    private final Set<String> json;

    private Columns(List<String> names, Optional<Set<String>> others, Set<String> json) {
        this.others = others;
        this.json = Set.copyOf(json);
        this.names = List.copyOf(names);
        this.positions = new HashMap<>();
        for (int i = 0; i < this.names.size(); i++) {
            if (positions.put(this.names.get(i), i) != null) {
                throw new IllegalArgumentException("the column '" + this.names.get(i) + "' is there twice");
            }
        }
    }

    public static Columns of(List<String> names) {
        return new Columns(names, Optional.empty(), Set.of());
    }

    /**
     * The columns of a record whose fields may be missing, as in JSON.
     *
     * @param others fields that other records of the source have; it may grow
     */
    public static Columns ofFields(List<String> names, Set<String> others) {
        return new Columns(names, Optional.of(others), Set.of());
    }

    /** The same with more at the end. */
    public Columns and(List<String> further) {
        List<String> more = new ArrayList<>(names);
        more.addAll(further);
        return new Columns(more, others, json);
    }

    /** The same, where the texts in some columns, alone or in lists, are JSON. */
    public Columns withJson(Set<String> some) {
        return some.equals(json) ? this : new Columns(names, others, some);
    }

    /** The columns whose texts are JSON. */
    public Set<String> json() {
        return json;
    }

    /** True if a record without this column is one whose value is null, and the name is not a misspelt one. */
    public boolean mayLack(String name) {
        return others.isPresent()
                && (others.get().contains(name)
                        || (Nearest.to(name, others.get()).isEmpty()
                                && Nearest.to(name, names).isEmpty()));
    }

    public static Columns of(String... names) {
        return of(List.of(names));
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

    /**
     * Where the column stands, from 0; {@link UnknownColumnException} if there is none of that name, or {@link
     * MissingFieldException} where another record may have it.
     */
    public int position(Object name) {
        Integer position = positions.get(name);
        if (position == null && others.isPresent()) {
            Set<String> known = new LinkedHashSet<>(names);
            known.addAll(others.get());
            throw new MissingFieldException(String.valueOf(name), known);
        } else if (position == null) {
            throw new UnknownColumnException(String.valueOf(name), names);
        }
        return position;
    }

    /** The same, or -1 for a column that this record may lack. */
    int positionIfPresent(Object name) {
        Integer position = positions.get(name);
        return position != null ? position : mayLack(String.valueOf(name)) ? -1 : position(name);
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
