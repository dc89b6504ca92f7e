package dev.backfill.postgres;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.ScriptContext;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.checkpoint.PostgresStoreDefinition;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.limit.LagDefinition;
import dev.backfill.postgres.limit.PostgresBudgetDefinition;
import dev.backfill.postgres.limit.QueryMeasureDefinition;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Describes a database, which may keep checkpoints as well as data. */
record PostgresDefinition(ConnectionSettings settings, ScriptContext context) implements PostgresWords.Postgres {
    @Override
    public TableDefinition table(String name) {
        return new TableDefinition(this, TableName.of(name), List.of(), List.of(), Optional.empty());
    }

    @Override
    public RequirementDefinition script(String statements) {
        return new ScriptDefinition(this, statements);
    }

    @Override
    public MeasureDefinition lag() {
        return new LagDefinition(settings);
    }

    @Override
    public MeasureDefinition measure(String sql) {
        return new QueryMeasureDefinition(settings, sql);
    }

    @Override
    public BudgetDefinition budget(String name) {
        return new PostgresBudgetDefinition(settings, name);
    }

    @Override
    public DataSource dataSource(Resources resources) {
        return open(resources).dataSource();
    }

    @Override
    public CheckpointStore open(Resources resources, String document) {
        return store().open(resources, document);
    }

    @Override
    public String title() {
        return store().title();
    }

    private PostgresStoreDefinition store() {
        return new PostgresStoreDefinition(settings);
    }

    PostgresDatabase open(Resources resources) {
        return PostgresDatabase.shared(settings, resources);
    }
}
