/** Changing tables, exactly the rows whose records were given. */
@NullMarked
package dev.backfill.postgres.write;

import org.jspecify.annotations.NullMarked;
