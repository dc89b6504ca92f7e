/**
 * Keeps checkpoints in PostgreSQL, in the schema {@code backfill}: {@code runs} with a row for each backfill,
 * {@code splits} with a row for each planned range, {@code dead_letters}, {@code notes}.
 */
@NullMarked
package dev.backfill.postgres.checkpoint;

import org.jspecify.annotations.NullMarked;
