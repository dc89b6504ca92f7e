package dev.backfill.sandbox;

import dev.backfill.sandbox.Inspection.Finding;
import dev.backfill.sandbox.Inspection.Told;
import dev.backfill.sandbox.data.MongoData;
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
            return new Inspection(findings(statement), figures(statement));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's documents could not be read", e);
        }
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

    private List<Finding> findings(Statement statement) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : declaration.checks()) {
            findings.add(finding(statement, check));
        }
        return findings;
    }

    private static Finding finding(Statement statement, Check check) {
        List<String> examples = new ArrayList<>();
        long offenders = 0;
        String query = "select row_to_json(one)::text, count(*) over () from (" + check.offenders() + ") one limit "
                + EXAMPLES;
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                examples.add(rows.getString(1));
                offenders = rows.getLong(2);
            }
        } catch (SQLException e) {
            return new Finding(check.sentence(), 1, List.of("it could not be asked: " + e.getMessage()));
        }
        return new Finding(check.sentence(), offenders, examples);
    }

    private List<Told> figures(Statement statement) throws SQLException {
        List<Told> figures = new ArrayList<>();
        for (Figure figure : declaration.figures()) {
            try (ResultSet rows = statement.executeQuery(figure.query())) {
                figures.add(new Told(figure.label(), rows.next() ? text(rows.getObject(1)) : "none"));
            }
        }
        return figures;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : String.valueOf(value);
    }
}
