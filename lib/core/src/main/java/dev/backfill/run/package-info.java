/** What a run is told, what it tells, and what it works with. */
@NullMarked
package dev.backfill.run;

import org.jspecify.annotations.NullMarked;
