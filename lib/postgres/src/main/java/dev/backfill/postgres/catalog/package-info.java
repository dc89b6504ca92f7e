/** What the server says about a table: its columns, their types, and its unique keys. */
@NullMarked
package dev.backfill.postgres.catalog;

import org.jspecify.annotations.NullMarked;
