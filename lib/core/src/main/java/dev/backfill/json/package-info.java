/** JSON as plain values, streamed, for connectors that read or write it. */
@NullMarked
package dev.backfill.json;

import org.jspecify.annotations.NullMarked;
