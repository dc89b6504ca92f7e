/** Where the position of a run is kept, and who may move it. */
@NullMarked
package dev.backfill.checkpoint;

import org.jspecify.annotations.NullMarked;
