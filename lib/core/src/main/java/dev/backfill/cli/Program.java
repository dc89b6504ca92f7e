package dev.backfill.cli;

import dev.backfill.plan.Backfill;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A script that was read and has no mistakes.
 *
 * @param problems what its settings lack, a sentence each; it cannot run until they are fixed
 * @param script its file, if it is known
 */
public record Program(Backfill backfill, List<String> problems, Optional<Path> script) {
    public Program {
        problems = List.copyOf(problems);
    }
}
