package dev.backfill.sandbox.plan;

/**
 * A number worth reporting when the script is done.
 *
 * @param query gives one row of one column
 */
public record Figure(String label, String query) {}
