/** The words of a script for HTTP services, and what they describe. */
@NullMarked
package dev.backfill.http;

import org.jspecify.annotations.NullMarked;
