/** Reads records out of files, streamed. */
@NullMarked
package dev.backfill.files.read;

import org.jspecify.annotations.NullMarked;
