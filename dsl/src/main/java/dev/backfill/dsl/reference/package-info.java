/** Writes the reference of words from their annotations. */
@NullMarked
package dev.backfill.dsl.reference;

import org.jspecify.annotations.NullMarked;
