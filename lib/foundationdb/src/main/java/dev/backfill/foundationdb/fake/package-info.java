/** A stand-in for a cluster, in memory, with the limits of the real one. */
@NullMarked
package dev.backfill.foundationdb.fake;

import org.jspecify.annotations.NullMarked;
