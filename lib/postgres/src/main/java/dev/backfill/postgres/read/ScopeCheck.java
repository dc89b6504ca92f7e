package dev.backfill.postgres.read;

import dev.backfill.connector.Scope;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Lets the server judge a part that was asked for, before anything is read of it. */
record ScopeCheck(PostgresDatabase database, TableName table) {
    /**
     * {@link UnfitScopeException} with the server's words if no such part can be read.
     *
     * @param conditions those of the part, and of the table before it
     */
    void pass(Scope scope, List<String> conditions) {
        String name = table + " in " + database.title();
        database.read("looking at a part of " + name, connection -> {
            try {
                return ask(connection, conditions);
            } catch (SQLException e) {
                if (PostgresFailures.blames(e)) {
                    throw new UnfitScopeException(
                            name + " cannot be read " + scope.text() + ": " + PostgresFailures.told(e));
                }
                throw e;
            }
        });
    }

    /** The statement is parsed and planned, and no row is looked at. */
    private boolean ask(Connection connection, List<String> conditions) throws SQLException {
        for (String condition : conditions) {
            Condition.parse(connection, table, condition);
        }
        String query = "explain select 1 from " + table.sql() + " where true" + Condition.and(conditions);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.executeQuery();
        }
        return true;
    }
}
