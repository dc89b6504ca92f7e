package dev.backfill.connector;

/**
 * Marks a source whose reading costs what is not to be spent twice, such as the calls that a service allows: its next batch is
 * read only when the one before is saved.
 */
public interface Costly {}
