package dev.backfill.flow;

import dev.backfill.connector.Sink;
import dev.backfill.plan.SinkStep;

/**
 * A sink of the plan, opened.
 *
 * @param size how many records its target takes in one write
 */
public record OpenSink(SinkStep step, Sink sink, AdaptiveWriteSize size) {
    public OpenSink(SinkStep step, Sink sink) {
        this(step, sink, new AdaptiveWriteSize(step.sink().title()));
    }

    public String title() {
        return step.sink().title();
    }
}
