package dev.backfill.engine.phase;

import dev.backfill.connector.Batch;
import dev.backfill.flow.Written;
import java.time.Duration;

/** A batch that went through all sinks that commit on their own: it can be saved. It took so long. */
record Ready(Batch batch, Written written, Duration took) {}
