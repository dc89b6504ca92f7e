/** The fields of a collection, and adding those that are missing. */
@NullMarked
package dev.backfill.typesense.schema;

import org.jspecify.annotations.NullMarked;
