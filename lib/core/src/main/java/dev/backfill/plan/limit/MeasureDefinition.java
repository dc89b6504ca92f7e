package dev.backfill.plan.limit;

import dev.backfill.connector.Measure;
import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;

/** Describes a number that says how well a server is. */
@Noun("measure")
public interface MeasureDefinition {
    Measure open(Resources resources);

    /** What it is, for messages and shares of time: "replication lag". */
    String title();
}
