package dev.backfill.flow;

import dev.backfill.connector.Sink;
import dev.backfill.plan.SinkStep;

/** A sink of the plan, opened. */
public record OpenSink(SinkStep step, Sink sink) {
    public String title() {
        return step.sink().title();
    }
}
