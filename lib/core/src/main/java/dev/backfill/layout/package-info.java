/**
 * Lays text out for a person's eye: wrapped at words to the width of the terminal, in aligned tables, under headings, with
 * colour only where a terminal shows it. Knows nothing of what the text is about.
 */
@NullMarked
package dev.backfill.layout;

import org.jspecify.annotations.NullMarked;
