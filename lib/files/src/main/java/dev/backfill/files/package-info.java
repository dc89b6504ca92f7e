/** The words of a script for files of JSON, and what they describe. */
@NullMarked
package dev.backfill.files;

import org.jspecify.annotations.NullMarked;
