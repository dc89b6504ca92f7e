/** A script's functions, as the plan holds them, and how their mistakes are reported. */
@NullMarked
package dev.backfill.dsl.function;

import org.jspecify.annotations.NullMarked;
