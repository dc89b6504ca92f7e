package dev.backfill.engine;

import dev.backfill.retry.Retry;

/**
 * What a phase is worked on with.
 *
 * @param recheck true to look at records again after they were written
 */
record Means(Keeper keeper, SinkChain chain, Pacing pacing, boolean recheck, Retry retry, Conditions conditions) {}
