package dev.backfill.postgres.limit;

import dev.backfill.connector.Measure;
import dev.backfill.connector.Resources;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.PostgresDatabase;

/** Describes how far the slowest replica of a server is behind. */
public record LagDefinition(ConnectionSettings settings) implements MeasureDefinition {
    @Override
    public Measure open(Resources resources) {
        return new ReplicationLag(PostgresDatabase.shared(settings, resources));
    }

    @Override
    public String title() {
        return "replication lag";
    }
}
