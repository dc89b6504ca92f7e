/** The command that has dead letters tried again. */
@NullMarked
package dev.backfill.retrial;

import org.jspecify.annotations.NullMarked;
