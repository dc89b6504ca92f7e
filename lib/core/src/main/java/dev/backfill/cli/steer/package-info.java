/** The commands that steer a run, wherever it is on. */
@NullMarked
package dev.backfill.cli.steer;

import org.jspecify.annotations.NullMarked;
