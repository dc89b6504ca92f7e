package dev.backfill.postgres.limit;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Measure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.ResultSet;
import java.sql.Statement;

/** Reads the first column of the first row. */
record QueryMeasure(PostgresDatabase database, String sql) implements Measure {
    @Override
    public double read() {
        return database.read("measuring with '" + sql + "' in " + database.title(), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw new FatalFailure("the measure '" + sql + "' gives no row; it must give one number");
                }
                return row.getDouble(1);
            }
        });
    }
}
