/** How a PostgreSQL server is reached: settings, pooled connections, transactions, and how they fail. */
@NullMarked
package dev.backfill.postgres.connection;

import org.jspecify.annotations.NullMarked;
