/** The commands that keep house with what is saved. */
@NullMarked
package dev.backfill.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
