/** Fills the servers, and brings what a script did beside what was there before. */
@NullMarked
package dev.backfill.sandbox.data;

import org.jspecify.annotations.NullMarked;
