/** What becomes of records that were refused: how they are remembered, how many there may be, and how they are tried again. */
@NullMarked
package dev.backfill.letter;

import org.jspecify.annotations.NullMarked;
