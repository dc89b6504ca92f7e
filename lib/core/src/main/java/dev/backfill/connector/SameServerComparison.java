package dev.backfill.connector;

import java.util.List;

/**
 * A sink that compares its target with rows of the same database inside the server, so that it also finds what reading or
 * writing a value would change. Thread-safe.
 */
public interface SameServerComparison {
    /** A column of the target, and the source's column that it is an unchanged copy of. */
    record Copied(String column, String original) {}

    /**
     * A record of which columns are compared.
     *
     * @param origin as the source gave it
     * @param record as the sink takes it
     */
    record Copy(Row origin, Row record, List<Copied> columns) {
        public Copy {
            columns = List.copyOf(columns);
        }
    }

    /** True if the rows are in the database of the sink's target. */
    boolean reaches(SameServerRows source);

    /**
     * The columns of each record that differ; none of a record that one of both sides no longer has. Columns whose types the
     * server does not convert exactly are left out.
     */
    List<List<String>> differing(SameServerRows source, List<Copy> copies);
}
