/** Fills the servers, and brings what a script did next to what was there before. */
@NullMarked
package dev.backfill.sandbox.data;

import org.jspecify.annotations.NullMarked;
