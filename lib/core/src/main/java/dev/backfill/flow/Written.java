package dev.backfill.flow;

/** A batch when the sinks are through with it. */
public record Written(TransformedBatch prepared, BatchProgress flow) {}
