/** Reaching a cluster, and reading from it in transactions that are short enough for it. */
@NullMarked
package dev.backfill.foundationdb.connection;

import org.jspecify.annotations.NullMarked;
