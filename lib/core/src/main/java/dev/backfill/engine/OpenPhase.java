package dev.backfill.engine;

import dev.backfill.connector.Source;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.RecordSteps;
import dev.backfill.plan.Phase;
import java.util.List;

/** A phase with everything that it reads and writes opened. */
public record OpenPhase(Phase plan, Source source, RecordSteps steps, List<OpenSink> sinks) {
    public String title() {
        return plan.source().title();
    }
}
