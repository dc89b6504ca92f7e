/** Lets the world know what a run does; whatever becomes of that, the run continues. */
@NullMarked
package dev.backfill.hook;

import org.jspecify.annotations.NullMarked;
