package dev.backfill.plan;

import dev.backfill.connector.Resources;

/** A target that can say how many records it holds. */
public interface CountedDefinition {
    /** All of them, no matter who wrote them. */
    long count(Resources resources);
}
