package dev.backfill.checkpoint;

/**
 * Who holds the lease of a checkpoint, as the store sees it.
 *
 * @param beats changes with every heartbeat
 * @param expired true if the last beat is older than the lease lasts, by the store's own clock
 */
public record Holder(Owner owner, long beats, boolean expired) {}
