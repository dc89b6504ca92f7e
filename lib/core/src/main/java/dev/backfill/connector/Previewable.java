package dev.backfill.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that can say what a write would do, and changes nothing. */
public interface Previewable {
    /**
     * What {@link Sink#write} would answer now: {@link WriteStatus#WRITTEN} for a record that would change the target. A record of the
     * outcome holds, in the columns that the sink writes, what later sinks would get; {@link #held} says what is there now.
     */
    WriteResult preview(List<Row> records);

    /**
     * The same for a comparison after a run: {@link WriteStatus#WRITTEN} also for a record that a write would leave alone although the
     * target holds something else, as where only what is null is filled in.
     */
    default WriteResult compare(List<Row> records) {
        return preview(records);
    }

    /** What the target holds now for each of these records, in the columns that the sink writes; null where it has nothing. */
    List<@Nullable Row> held(List<Row> records);
}
