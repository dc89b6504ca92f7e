/** How far a run is: what moves the checkpoint, and nothing else does. */
@NullMarked
package dev.backfill.position;

import org.jspecify.annotations.NullMarked;
