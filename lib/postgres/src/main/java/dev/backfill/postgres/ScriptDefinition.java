package dev.backfill.postgres;

import dev.backfill.connector.Requirement;
import dev.backfill.connector.Resources;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.postgres.schema.ScriptRequirement;

/** Describes tables that must be there, by the statements that create them. */
record ScriptDefinition(PostgresDefinition database, String statements) implements RequirementDefinition {
    ScriptDefinition {
        ScriptRequirement.check(statements);
    }

    @Override
    public Requirement open(Resources resources) {
        return new ScriptRequirement(database.open(resources), statements);
    }

    @Override
    public String title() {
        return "tables of " + database.settings().title();
    }
}
