package dev.backfill.engine;

import dev.backfill.connector.Source;
import dev.backfill.plan.Phase;
import java.util.List;

/** A phase with everything that it reads and writes opened. */
record OpenPhase(Phase plan, Source source, RecordSteps steps, List<OpenSink> sinks) {
    String title() {
        return plan.source().title();
    }
}
