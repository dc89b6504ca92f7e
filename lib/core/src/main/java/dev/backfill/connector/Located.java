package dev.backfill.connector;

/** Reads or changes things that have one home, such as the rows of a table. */
public interface Located {
    /** Which one it is; equal for a source and a sink of the same things, whatever address leads there. */
    String location();
}
