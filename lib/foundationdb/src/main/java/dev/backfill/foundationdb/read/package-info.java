/** Reading the records of a keyspace, in order or by their keys. */
@NullMarked
package dev.backfill.foundationdb.read;

import org.jspecify.annotations.NullMarked;
