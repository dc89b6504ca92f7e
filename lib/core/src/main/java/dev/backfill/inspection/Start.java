package dev.backfill.inspection;

import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.RunState;
import java.util.List;
import java.util.Optional;

/**
 * What a start would find.
 *
 * @param run the run that it would continue with; nothing: it would begin one
 * @param owner who works on it now
 * @param differences what is another than at the run's beginning
 */
public record Start(Optional<RunState> run, Optional<LeaseHolder> owner, List<String> differences) {
    public Start {
        differences = List.copyOf(differences);
    }
}
