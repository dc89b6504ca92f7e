package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.PostgresDatabase;

/** Describes a database that keeps checkpoints, and saves them in the transaction of the data that it also holds. */
public record PostgresStoreDefinition(ConnectionSettings settings) implements StoreDefinition {
    @Override
    public CheckpointStore open(Resources resources, String document) {
        return new PostgresStore(PostgresDatabase.shared(settings, resources), document);
    }

    @Override
    public String title() {
        return "schema backfill of " + settings.title() + " in PostgreSQL";
    }
}
