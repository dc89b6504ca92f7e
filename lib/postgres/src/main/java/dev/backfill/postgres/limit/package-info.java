/** What limits ask PostgreSQL: how far its replicas are behind, a query of the author's, and what a budget still holds. */
@NullMarked
package dev.backfill.postgres.limit;

import org.jspecify.annotations.NullMarked;
