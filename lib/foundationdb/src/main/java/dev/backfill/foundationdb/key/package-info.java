/** What the bytes of a key say. */
@NullMarked
package dev.backfill.foundationdb.key;

import org.jspecify.annotations.NullMarked;
