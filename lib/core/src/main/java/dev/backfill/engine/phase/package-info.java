/** The work on a phase: its splits, their batches, and the sums that prove it whole. */
@NullMarked
package dev.backfill.engine.phase;

import org.jspecify.annotations.NullMarked;
