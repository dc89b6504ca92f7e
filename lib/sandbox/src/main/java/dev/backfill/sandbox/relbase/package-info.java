/** A simulator of the Relbase API: its answers, its limit, and its moods. */
@NullMarked
package dev.backfill.sandbox.relbase;

import org.jspecify.annotations.NullMarked;
