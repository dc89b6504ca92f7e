/** A script's functions, as the plan holds them, and how their mistakes are told. */
@NullMarked
package dev.backfill.dsl.function;

import org.jspecify.annotations.NullMarked;
