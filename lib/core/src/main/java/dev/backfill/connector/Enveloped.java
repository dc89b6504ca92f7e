package dev.backfill.connector;

/** A source whose records are in a file that says more than the records do. */
public interface Enveloped extends Source {
    /** What the file says now. */
    FileEnvelope envelope();
}
