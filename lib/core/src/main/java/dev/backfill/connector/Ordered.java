package dev.backfill.connector;

/**
 * Marks a sink that gets its batches one at a time, in the order of the source, each after the one before was acknowledged: so
 * its phase is read in one split.
 */
public interface Ordered {}
