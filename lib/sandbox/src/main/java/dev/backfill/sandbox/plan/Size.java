package dev.backfill.sandbox.plan;

/**
 * How much data, and which: equal sizes give equal data.
 *
 * @param rows about so many records in the largest table
 * @param seed of everything that looks like chance
 */
public record Size(long rows, long seed) {
    public Size {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, but is " + rows);
        }
    }
}
