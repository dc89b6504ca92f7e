package dev.backfill.plan;

import dev.backfill.connector.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps a record: to a map, to a list of maps, to a number, to true or false, as the word that takes it says. */
@FunctionalInterface
public interface RecordFunction {
    @Nullable
    Object apply(Row row);

    /** Where the script has it, as file and line. */
    default Optional<String> place() {
        return Optional.empty();
    }
}
