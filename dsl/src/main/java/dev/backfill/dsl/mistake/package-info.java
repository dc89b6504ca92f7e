/** A mistake of a script, and how it is reported. */
@NullMarked
package dev.backfill.dsl.mistake;

import org.jspecify.annotations.NullMarked;
