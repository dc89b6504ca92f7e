/** Answers of an HTTP service as records: lists in pages, and one answer for each combination of other records. */
@NullMarked
package dev.backfill.http.read;

import org.jspecify.annotations.NullMarked;
