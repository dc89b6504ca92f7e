package dev.backfill.inspection;

import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a phase has before it.
 *
 * @param status where an earlier start has left it
 * @param left records still to read, about; nothing where that is not known before
 * @param again true if it is done, and a start looks once more for new rows; then those are what is left
 * @param size how many go together
 * @param splits as they are stored, or would be planned now
 */
public record PhaseOutlook(
        String name,
        String source,
        WorkStatus status,
        OptionalLong left,
        boolean again,
        int size,
        List<Split> splits,
        Optional<Expectation> expectation,
        Optional<Glance> glance) {
    public PhaseOutlook {
        splits = List.copyOf(splits);
    }
}
