package dev.backfill.checkpoint;

/**
 * A text next to a checkpoint: what people ask of a run, what it did so far.
 *
 * @param version one higher with every change, from 1
 */
public record Note(long version, String text) {}
