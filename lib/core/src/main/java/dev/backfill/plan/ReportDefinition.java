package dev.backfill.plan;

import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;
import java.util.List;

/** Describes something that a person should see when a backfill is done. */
@Noun("report")
public interface ReportDefinition {
    /** What there is to see, a line each; changes nothing. */
    List<String> lines(Resources resources);
}
