package dev.backfill.sandbox;

import dev.backfill.sandbox.Inspection.Diagnostic;
import dev.backfill.sandbox.Inspection.Told;
import dev.backfill.sandbox.data.MongoData;
import dev.backfill.sandbox.data.Untouched;
import dev.backfill.sandbox.plan.Check;
import dev.backfill.sandbox.plan.Declaration;
import dev.backfill.sandbox.plan.Figure;
import dev.backfill.sandbox.plan.SearchCollection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Brings every document to PostgreSQL, as the schema {@code after}, and asks there what the declaration wants to know. */
final class Inspector {
    private static final int EXAMPLES = 3;

    private final Declaration declaration;
    private final Sandbox sandbox;

    Inspector(Declaration declaration, Sandbox sandbox) {
        this.declaration = declaration;
        this.sandbox = sandbox;
    }

    Inspection inspect() throws SQLException {
        try (Connection connection = sandbox.postgres().connect();
                Statement statement = connection.createStatement()) {
            fetch(connection, statement);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's documents could not be read", e);
        }
        List<Check> checks = new ArrayList<>(declaration.checks());
        if (declaration.script().again()) {
            checks.add(new Check("the second run has touched no row", Untouched.OFFENDERS));
        }
        return new Inspection(
                checks.parallelStream().map(this::finding).toList(),
                declaration.figures().parallelStream().map(this::told).toList());
    }

    private void fetch(Connection connection, Statement statement) throws SQLException, IOException {
        statement.execute("drop schema after cascade; create schema after");
        for (SearchCollection collection : declaration.collections().orElse(List.of())) {
            sandbox.searchData(connection).fetch(collection);
        }
        if (sandbox.mongodb().isPresent()) {
            MongoData.fetch(sandbox.mongodb().get().uri(), connection);
        }
    }

    private Diagnostic finding(Check check) {
        String query = "select row_to_json(one)::text, count(*) over () from (" + check.offenders() + ") one limit "
                + EXAMPLES;
        List<String> examples = new ArrayList<>();
        try {
            long offenders = ask(query, rows -> {
                long counted = 0;
                while (rows.next()) {
                    examples.add(rows.getString(1));
                    counted = rows.getLong(2);
                }
                return counted;
            });
            return new Diagnostic(check.sentence(), offenders, examples);
        } catch (SQLException e) {
            return new Diagnostic(check.sentence(), 1, List.of("it could not be asked: " + e.getMessage()));
        }
    }

    private Told told(Figure figure) {
        try {
            return new Told(
                    figure.label(), ask(figure.query(), rows -> rows.next() ? text(rows.getObject(1)) : "none"));
        } catch (SQLException e) {
            return new Told(figure.label(), "unknown: " + e.getMessage());
        }
    }

    private <T> T ask(String query, Answer<T> answer) throws SQLException {
        try (Connection connection = sandbox.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return answer.read(rows);
        }
    }

    @FunctionalInterface
    private interface Answer<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : String.valueOf(value);
    }
}
