/** Checkpoints in a file of this machine, for a run that has no database to keep them. */
@NullMarked
package dev.backfill.file;

import org.jspecify.annotations.NullMarked;
