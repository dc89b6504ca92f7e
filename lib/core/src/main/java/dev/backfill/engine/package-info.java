/** Reads, waits, transforms, writes and saves. */
@NullMarked
package dev.backfill.engine;

import org.jspecify.annotations.NullMarked;
