/** Following pointers from record to record, to say where they lead nowhere. */
@NullMarked
package dev.backfill.foundationdb.walk;

import org.jspecify.annotations.NullMarked;
