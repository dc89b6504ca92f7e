package dev.backfill.flow;

/**
 * A record that goes no further, and why.
 *
 * @param where the step or sink that refused it
 */
public record Refusal(Item item, String where, String reason) {}
