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
        PostgresDatabase database = PostgresDatabase.shared(settings, resources);
        return new QueryMeasure(database.acceptingPolicies("the query is the author's own"), sql);
    }

    @Override
    public String title() {
        return "the measure '" + (sql.length() > 60 ? sql.substring(0, 60) + "…" : sql) + "'";
    }
}
