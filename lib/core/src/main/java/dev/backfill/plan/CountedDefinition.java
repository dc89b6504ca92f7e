package dev.backfill.plan;

import dev.backfill.connector.Resources;

/** A target that can tell how many records it holds. */
public interface CountedDefinition {
    /** All of them, whoever wrote them. */
    long count(Resources resources);
}
