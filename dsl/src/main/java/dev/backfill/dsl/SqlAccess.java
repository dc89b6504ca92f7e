package dev.backfill.dsl;

import dev.backfill.connector.Resources;
import dev.backfill.plan.SqlDatabase;
import groovy.sql.Sql;

/** Answers {@code db.sql} inside a function: statements of the script's own, on the run's connections. */
public record SqlAccess(SqlDatabase database, Resources resources) {
    public Sql getSql() {
        return new Sql(database.dataSource(resources));
    }
}
