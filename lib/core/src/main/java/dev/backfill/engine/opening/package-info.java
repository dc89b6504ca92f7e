/** What a run is made of: opened, compared with what it was, provided, before the first record is read. */
@NullMarked
package dev.backfill.engine.opening;

import org.jspecify.annotations.NullMarked;
