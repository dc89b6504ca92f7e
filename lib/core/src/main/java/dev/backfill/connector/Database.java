package dev.backfill.connector;

/** Somewhere that has transactions. Two are the same if they are equal. Thread-safe. */
public interface Database {
    Transaction begin();
}
