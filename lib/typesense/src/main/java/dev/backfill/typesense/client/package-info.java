/** Requests to a Typesense server, and the kinds of failure that its answers mean. */
@NullMarked
package dev.backfill.typesense.client;

import org.jspecify.annotations.NullMarked;
