package dev.backfill.engine;

/**
 * A record that goes no further, and why.
 *
 * @param where the step or sink that refused it
 */
record Refusal(Item item, String where, String reason) {}
