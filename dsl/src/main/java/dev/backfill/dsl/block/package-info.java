/** The blocks of a script: their words, and what builds the plan from them. */
@NullMarked
package dev.backfill.dsl.block;

import org.jspecify.annotations.NullMarked;
