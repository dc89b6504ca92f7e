package dev.backfill.postgres.schema;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Requirement;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tables and their like; what creates them is run in one transaction, and only if one of them is not there. */
public final class ScriptRequirement implements Requirement {
    private final PostgresDatabase database;
    private final String statements;
    private final List<Named> wanted;

    public ScriptRequirement(PostgresDatabase database, String statements) {
        this.database = database;
        this.statements = statements;
        this.wanted = Named.in(statements);
    }

    /** {@link IllegalArgumentException} if nobody could say whether the statements have to be run. */
    public static void check(String statements) {
        if (Named.in(statements).isEmpty()) {
            throw new IllegalArgumentException("script needs statements such as: create table if not exists items (…)");
        }
    }

    @Override
    public List<String> missing() {
        return database.read("looking for " + wanted.get(0) + " in " + database.title(), connection -> {
            List<String> missing = new ArrayList<>();
            for (Named each : wanted) {
                if (!there(connection, each)) {
                    missing.add(each.toString());
                }
            }
            return missing;
        });
    }

    private static boolean there(Connection connection, Named named) throws SQLException {
        try (PreparedStatement lookup = connection.prepareStatement("select " + named.lookup() + " is not null")) {
            lookup.setString(1, named.name());
            ResultSet answer = lookup.executeQuery();
            return answer.next() && answer.getBoolean(1);
        }
    }

    @Override
    public void provide() {
        try (PostgresTransaction transaction = database.begin();
                Statement statement = transaction.connection().createStatement()) {
            statement.execute(statements);
            transaction.commit();
        } catch (SQLException e) {
            throw PostgresFailures.of(e, "creating " + wanted.get(0) + " and what follows it in " + database.title());
        }
    }

    @Override
    public boolean adds(AbsentFailure absent) {
        return database.equals(absent.place()) && wanted.stream().anyMatch(each -> each.isTable(absent.name()));
    }

    @Override
    public boolean first() {
        return true;
    }
}
