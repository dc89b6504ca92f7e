/** What a run is given, what it reports, and what it works with. */
@NullMarked
package dev.backfill.run;

import org.jspecify.annotations.NullMarked;
