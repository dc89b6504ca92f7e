package dev.backfill.engine;

/** A batch when the sinks are through with it. */
record Written(Prepared prepared, Flow flow) {}
