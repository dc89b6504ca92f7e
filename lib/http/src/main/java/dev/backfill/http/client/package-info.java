/** Calls of an HTTP service, and the kinds of failure that its answers mean. */
@NullMarked
package dev.backfill.http.client;

import org.jspecify.annotations.NullMarked;
