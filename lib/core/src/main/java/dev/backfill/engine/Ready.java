package dev.backfill.engine;

import dev.backfill.connector.Batch;
import dev.backfill.flow.Written;

/** A batch that went through all sinks that commit on their own: it can be saved. */
record Ready(Batch batch, Written written) {}
