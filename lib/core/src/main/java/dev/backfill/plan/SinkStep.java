package dev.backfill.plan;

import java.util.Optional;

/**
 * One sink of a phase.
 *
 * @param when only records for which this is true are given to it
 * @param counted the name under which its written records are counted
 * @param missing the name under which records are counted that have nothing to change there
 */
public record SinkStep(
        SinkDefinition sink, Optional<RecordFunction> when, Optional<String> counted, Optional<String> missing) {}
