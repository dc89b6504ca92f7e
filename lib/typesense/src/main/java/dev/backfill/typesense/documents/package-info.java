/** Documents of a collection as a source and as a sink. */
@NullMarked
package dev.backfill.typesense.documents;

import org.jspecify.annotations.NullMarked;
