/** Values between Java and PostgreSQL. */
@NullMarked
package dev.backfill.postgres.value;

import org.jspecify.annotations.NullMarked;
