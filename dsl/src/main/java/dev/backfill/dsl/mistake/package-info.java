/** A mistake of a script, and how it is told. */
@NullMarked
package dev.backfill.dsl.mistake;

import org.jspecify.annotations.NullMarked;
