package dev.backfill.flow;

/** A batch when the sinks are through with it. */
public record Written(Prepared prepared, Flow flow) {}
