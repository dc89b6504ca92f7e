/** The language: a script and its launch. */
@NullMarked
package dev.backfill.dsl;

import org.jspecify.annotations.NullMarked;
