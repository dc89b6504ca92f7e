package dev.backfill.sandbox.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Describes one sandbox: the script that it is for, what its servers hold, and what must hold when the script is done.
 *
 * @param rows the size, if none is asked for
 * @param variables what the script finds in its environment next to the servers' addresses
 * @param statements the SQL that fills PostgreSQL
 * @param collections those of Typesense; none: no Typesense
 * @param records the query for those of FoundationDB; none: no FoundationDB
 * @param relbase how many calls a second the simulator of Relbase allows; none: no Relbase
 */
public record Declaration(
        String name,
        String about,
        ScriptToRun script,
        long rows,
        Map<String, String> variables,
        List<String> statements,
        Optional<List<SearchCollection>> collections,
        Optional<String> records,
        boolean mongodb,
        OptionalInt relbase,
        List<Check> checks,
        List<Figure> figures) {
    public Declaration {
        variables = Map.copyOf(variables);
        statements = List.copyOf(statements);
        collections = collections.map(List::copyOf);
        checks = List.copyOf(checks);
        figures = List.copyOf(figures);
    }
}
