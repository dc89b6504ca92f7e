/** What a word of the language is: annotations from which checks, help and the word reference come. */
@NullMarked
package dev.backfill.words;

import org.jspecify.annotations.NullMarked;
