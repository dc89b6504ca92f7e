/** Compares what a backfill read with what its sinks hold. */
@NullMarked
package dev.backfill.validation;

import org.jspecify.annotations.NullMarked;
