/** Reading tables: by their key in order, and by a column in bulk. */
@NullMarked
package dev.backfill.postgres.read;

import org.jspecify.annotations.NullMarked;
