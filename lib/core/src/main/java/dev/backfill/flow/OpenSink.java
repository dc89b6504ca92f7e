package dev.backfill.flow;

import dev.backfill.connector.Sink;
import dev.backfill.plan.SinkStep;

/** A sink of the plan, opened. */
public record OpenSink(SinkStep step, Sink sink, AdaptiveWriteSize portions) {
    public OpenSink(SinkStep step, Sink sink) {
        this(step, sink, new AdaptiveWriteSize(step.sink().title()));
    }

    public String title() {
        return step.sink().title();
    }
}
