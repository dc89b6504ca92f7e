package dev.backfill.flow;

import java.util.List;
import java.util.Map;

/**
 * The records of a batch when the steps are through with them: read + extra - excluded - refused = items.
 *
 * @param read how many the source gave
 * @param excluded how many were left out
 * @param extra how many were made beyond one for each
 * @param counts the script's own counts
 * @param details a line of the script's for each record
 */
public record TransformedBatch(
        List<RecordPair> items,
        long read,
        long excluded,
        long extra,
        List<Refusal> refusals,
        Map<String, Long> counts,
        List<String> details) {}
