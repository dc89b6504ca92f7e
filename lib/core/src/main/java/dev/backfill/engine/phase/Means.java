package dev.backfill.engine.phase;

import dev.backfill.engine.pacing.Allowance;
import dev.backfill.engine.pacing.Entrance;
import dev.backfill.engine.pacing.Halt;
import dev.backfill.engine.pacing.Pace;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Ceiling;
import dev.backfill.position.Keeper;
import dev.backfill.retry.Retry;
import dev.backfill.run.Concurrency;
import dev.backfill.run.RunContext;
import dev.backfill.run.TimeSheet;

/**
 * What a phase is worked on with.
 *
 * @param recheck true to look at records again after they were written
 * @param halt given by work that has failed
 */
public record Means(
        Keeper keeper,
        SinkChain chain,
        Pace pace,
        Allowance allowance,
        Entrance entrance,
        TimeSheet sheet,
        boolean recheck,
        Concurrency concurrency,
        Retry retry,
        RunContext context,
        Halt halt,
        Ceiling ceiling) {}
