package dev.backfill.connector;

import java.util.List;

/** A source whose records can also be read by their keys. */
public interface KeyedSource extends Source {
    /** The records with these keys, as {@link #key} gives them, that are there now; in no promised order. */
    List<Row> find(List<String> keys);
}
