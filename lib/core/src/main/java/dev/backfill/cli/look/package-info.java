/** The commands that look; of them only validate --repair writes. */
@NullMarked
package dev.backfill.cli.look;

import org.jspecify.annotations.NullMarked;
