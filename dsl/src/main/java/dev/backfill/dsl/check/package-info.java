/** Finds the mistakes of a script while it compiles, and resolves its words. */
@NullMarked
package dev.backfill.dsl.check;

import org.jspecify.annotations.NullMarked;
