package dev.backfill.flow;

import dev.backfill.connector.Sink;
import dev.backfill.connector.SinkTraits;
import dev.backfill.plan.SinkStep;
import java.util.Optional;

/**
 * A sink of the plan, opened.
 *
 * @param size how many records its target takes in one write
 * @param required finds the records that lack a column which the sink needs
 */
public record OpenSink(SinkStep step, Sink sink, AdaptiveWriteSize size, RequiredColumns required) {
    public OpenSink(SinkStep step, Sink sink) {
        this(step, sink, Optional.empty());
    }

    /**
     * @param place where the script makes the sink's records, as file and line
     */
    public OpenSink(SinkStep step, Sink sink, Optional<String> place) {
        this(step, sink, new AdaptiveWriteSize(step.sink().title()), new RequiredColumns(place));
    }

    public String title() {
        return step.sink().title();
    }

    public SinkTraits traits() {
        return sink.traits();
    }

    /** Without the records that lack a column which the sink needs. */
    Selection complete(Selection selection) {
        return required.check(this, selection);
    }
}
