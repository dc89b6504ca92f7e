package dev.backfill.plan;

import dev.backfill.connector.Resources;
import javax.sql.DataSource;

/** A database that a script may also ask in SQL of its own. */
public interface SqlDatabase {
    DataSource dataSource(Resources resources);
}
