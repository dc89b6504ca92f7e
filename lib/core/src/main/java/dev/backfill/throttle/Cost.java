package dev.backfill.throttle;

/**
 * What is about to be spent.
 *
 * @param records how many records go together
 */
public record Cost(long records) {}
