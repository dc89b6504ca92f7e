package dev.backfill.connector;

import java.util.List;

/** A source that reads records by their keys about as fast as in its own order. */
public interface KeyedSource extends SearchableSource {
    /** The records with these keys, as {@link #key} gives them, that are there now; in no promised order. */
    @Override
    List<Row> find(List<String> keys);

    /** Looks whether these can be keys, without reading a record. {@link UnfitKeyException} with the first that cannot. */
    default void check(List<String> keys) {}
}
