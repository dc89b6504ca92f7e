/** The words in which a sandbox is declared. */
@NullMarked
package dev.backfill.sandbox.words;

import org.jspecify.annotations.NullMarked;
