package dev.backfill.plan;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.words.Noun;
import java.util.Optional;

/** Describes where records go. */
@Noun("sink")
public interface SinkDefinition {
    Sink open(Resources resources);

    /** Why it is right that the target's own rules skip or change some writes; nothing: it is not expected. */
    default Optional<String> acceptSuppressedBecause() {
        return Optional.empty();
    }

    /** Counts the records in the target; nothing if it cannot. */
    default Optional<CountedDefinition> counted() {
        return Optional.empty();
    }

    /** The name of the file that a phase makes by writing to it, if it does. */
    default Optional<String> file() {
        return Optional.empty();
    }

    /** True if what is missing is what a phase creates by writing to it. */
    default boolean creates(AbsentFailure absent) {
        return false;
    }

    /** What it is, for messages: "public.products in PostgreSQL". */
    String title();
}
