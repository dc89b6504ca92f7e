package dev.backfill.plan;

import dev.backfill.connector.Requirement;
import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;

/** Describes what must be there before anything is written. */
@Noun("requirement")
public interface RequirementDefinition {
    Requirement open(Resources resources);

    /** What it is, for messages: "the fields created_at, deleted_at of products_search in Typesense". */
    String title();
}
