package dev.backfill.postgres.limit;

import dev.backfill.connector.Measure;
import dev.backfill.connector.Resources;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.PostgresDatabase;

/** Describes a number that a query of the author's gives. */
public record QueryMeasureDefinition(ConnectionSettings settings, String sql) implements MeasureDefinition {
    @Override
    public Measure open(Resources resources) {
        return new QueryMeasure(PostgresDatabase.shared(settings, resources), sql);
    }

    @Override
    public String title() {
        return "the measure '" + (sql.length() > 60 ? sql.substring(0, 60) + "…" : sql) + "'";
    }
}
