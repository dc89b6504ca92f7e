package dev.backfill.plan;

import java.util.List;
import java.util.Optional;

/**
 * Names of a checkpoint's documented fields, for those who read it with other tools. The runtime's own record of the
 * position stands next to them and is what counts.
 *
 * @param document the checkpoint's name in its store; nothing: the backfill's
 * @param phase the field with the number of the phase, from 1
 * @param batches the field with the number of batches
 * @param records the field with the number of records read
 * @param counters the counts that have a field of their own, by their names
 * @param legacy of what an earlier program says in such a document to have done, which records are done again, as the source
 *     understands it; nothing: such a document is not taken over
 */
public record CheckpointLayout(
        Optional<String> document,
        Optional<String> phase,
        Optional<String> batches,
        Optional<String> records,
        List<String> counters,
        Optional<String> legacy) {
    public CheckpointLayout {
        counters = List.copyOf(counters);
    }

    /** No field but the runtime's own. */
    public static CheckpointLayout none() {
        return new CheckpointLayout(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
