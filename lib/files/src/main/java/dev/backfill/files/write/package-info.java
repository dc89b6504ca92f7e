/** Writes records to files that are whole or not there. */
@NullMarked
package dev.backfill.files.write;

import org.jspecify.annotations.NullMarked;
