package dev.backfill.postgres.catalog;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type of a column.
 *
 * @param name as a cast names it, without a size: "character varying"
 * @param sized with its size, if it has one: "numeric(10,2)"
 * @param kind of a domain: that of the type under it
 * @param length the most characters that a text may have
 * @param element the type of an array's elements
 */
public record ColumnType(String name, String sized, Kind kind, OptionalInt length, Optional<ColumnType> element) {
    /** The type to which a value is cast so that it is what the column will hold, and never silently cut off. */
    public String stored() {
        return kind.fitsBySize() ? sized : name;
    }

    @Override
    public String toString() {
        return sized;
    }
}
