/** Looking at tables before a run: who may do what with them, and what a change wakes. */
@NullMarked
package dev.backfill.postgres.inspect;

import org.jspecify.annotations.NullMarked;
