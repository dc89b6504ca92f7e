package dev.backfill.plan;

import java.util.Optional;

/**
 * One sink of a phase.
 *
 * @param only only records for which this is true are given to it
 * @param countAs the name under which its written records are counted
 * @param countMissingAs the name under which records are counted that have nothing to change there
 */
public record SinkStep(
        SinkDefinition sink,
        Optional<RecordFunction> only,
        Optional<String> countAs,
        Optional<String> countMissingAs) {}
