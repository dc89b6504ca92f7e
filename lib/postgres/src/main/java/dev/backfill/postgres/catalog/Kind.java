package dev.backfill.postgres.catalog;

import java.util.Map;

/** The sorts of types that are read and written each in its own way. */
public enum Kind {
    SMALLINT,
    INTEGER,
    BIGINT,
    NUMERIC,
    /** Read and written as a number: its text depends on the session's lc_monetary. */
    MONEY,
    FLOAT,
    BOOLEAN,
    TEXT,
    /** Filled up with blanks to its length. */
    CHAR,
    UUID,
    TIMESTAMPTZ,
    TIMESTAMP,
    DATE,
    TIME,
    TIMETZ,
    INTERVAL,
    JSON,
    BYTES,
    ARRAY,
    /** Read and written as text: enums, addresses, ranges, composites, types of extensions. */
    OTHER;

    private static final Map<String, Kind> BY_NAME = Map.ofEntries(
            Map.entry("int2", SMALLINT),
            Map.entry("int4", INTEGER),
            Map.entry("int8", BIGINT),
            Map.entry("numeric", NUMERIC),
            Map.entry("money", MONEY),
            Map.entry("float4", FLOAT),
            Map.entry("float8", FLOAT),
            Map.entry("bool", BOOLEAN),
            Map.entry("text", TEXT),
            Map.entry("varchar", TEXT),
            Map.entry("bpchar", CHAR),
            Map.entry("uuid", UUID),
            Map.entry("timestamptz", TIMESTAMPTZ),
            Map.entry("timestamp", TIMESTAMP),
            Map.entry("date", DATE),
            Map.entry("time", TIME),
            Map.entry("timetz", TIMETZ),
            Map.entry("interval", INTERVAL),
            Map.entry("json", JSON),
            Map.entry("jsonb", JSON),
            Map.entry("bytea", BYTES));

    /** The kind of a type by the name that pg_type has for it. */
    static Kind of(String typeName) {
        return BY_NAME.getOrDefault(typeName, OTHER);
    }

    /** True if a cast to the column's own size rounds or fills up as storing does, instead of cutting off. */
    boolean fitsBySize() {
        return switch (this) {
            case NUMERIC, CHAR, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, INTERVAL -> true;
            default -> false;
        };
    }
}
