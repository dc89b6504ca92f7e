/** The words for speed, which blocks of the language and of connectors share. */
@NullMarked
package dev.backfill.pace;

import org.jspecify.annotations.NullMarked;
