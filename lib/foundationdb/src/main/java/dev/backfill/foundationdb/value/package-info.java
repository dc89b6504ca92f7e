/** What the bytes of a value say. */
@NullMarked
package dev.backfill.foundationdb.value;

import org.jspecify.annotations.NullMarked;
