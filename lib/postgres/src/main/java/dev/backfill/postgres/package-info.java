/** The words for PostgreSQL, and what they describe. */
@NullMarked
package dev.backfill.postgres;

import org.jspecify.annotations.NullMarked;
