package dev.backfill.plan;

import java.util.Optional;

/** What happens to the records of a batch between source and sinks. */
public sealed interface RecordStep {
    /** What the step has to look up, if anything. */
    default Optional<LookupDefinition> looksUp() {
        return Optional.empty();
    }

    /** Leaves out the records whose value of this column is found there. */
    record Exclude(LookupDefinition lookup, String on) implements RecordStep {
        @Override
        public Optional<LookupDefinition> looksUp() {
            return Optional.of(lookup);
        }
    }

    /** Leaves out the records for which this is true. */
    record ExcludeWhere(RecordFunction unwanted) implements RecordStep {}

    /**
     * Adds what is found there, or null, as one more column.
     *
     * @param orReject why a record for which nothing is found is a dead letter; nothing: it is none
     */
    record Join(String name, LookupDefinition lookup, String on, Optional<String> orReject) implements RecordStep {
        @Override
        public Optional<LookupDefinition> looksUp() {
            return Optional.of(lookup);
        }
    }

    /** Adds a number of each record to a count of this name. */
    record Count(String name, RecordFunction number) implements RecordStep {}

    /** A line for a person who wants to see each record. */
    record LogEach(RecordFunction text) implements RecordStep {}

    /** A record for which this gives a text is refused, and that is why. */
    record Reject(RecordFunction reason) implements RecordStep {}

    /** Makes of each record another, several, or none. */
    record Transform(RecordFunction function) implements RecordStep {}
}
