package dev.backfill.engine;

import dev.backfill.connector.Sink;
import dev.backfill.plan.SinkStep;

/** A sink of the plan, opened. */
record OpenSink(SinkStep step, Sink sink) {
    String title() {
        return step.sink().title();
    }
}
