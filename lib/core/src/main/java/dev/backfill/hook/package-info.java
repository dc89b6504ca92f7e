/** Lets the world know what a run does; whatever becomes of that, the run goes on. */
@NullMarked
package dev.backfill.hook;

import org.jspecify.annotations.NullMarked;
