package dev.backfill.engine;

import dev.backfill.throttle.Limits;

/**
 * How much at once, how fast, and how much in all.
 *
 * @param size how many records go together
 */
record Pacing(Limits limits, Allowance allowance, int size) {}
