package dev.backfill.engine.pacing;

import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.LockWait;
import dev.backfill.connector.Lockable;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.run.RunContext;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what is saved, next to the work. Where nothing was saved since the last look though no throttle holds the run, asks the
 * databases for which locks it waits. None of it can make the run fail.
 */
final class ProgressWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);
    /** A statement gives up on a lock after two seconds: its wait is seen before that. */
    private static final Duration LOOK = Duration.ofMillis(400);

    private final RunContext context;
    private final CheckpointWriter keeper;
    private final TimeSheet sheet;
    private final Gauges gauges;
    private final Supplier<List<Lockable>> databases;
    private final Ticks looks;
    private RunState seen;

    ProgressWatch(
            RunContext context,
            CheckpointWriter keeper,
            TimeSheet sheet,
            Gauges gauges,
            Supplier<List<Lockable>> databases) {
        this.context = context;
        this.keeper = keeper;
        this.sheet = sheet;
        this.gauges = gauges;
        this.databases = databases;
        this.seen = keeper.state();
        gauges.begins(seen);
        this.looks = context.time().every(LOOK, "progress", this::look);
    }

    private synchronized void look() {
        try {
            if (!follow() && sheet.held().isEmpty()) {
                ask();
            }
        } catch (RuntimeException e) {
            LOG.debug("it could not be found out what the run waits for: {}", e.toString());
        }
    }

    /** True if something was saved since the last look. */
    synchronized boolean follow() {
        RunState now = keeper.state();
        boolean moved = !now.equals(seen);
        if (moved) {
            gauges.saved(seen, now);
            seen = now;
        }
        return moved;
    }

    private void ask() {
        List<LockWait> waits = databases.get().stream()
                .flatMap(database -> database.lockWaits().stream())
                .toList();
        gauges.waits(waits);
        waits.forEach(context.listener()::blocked);
    }

    @Override
    public void close() {
        looks.close();
        follow();
    }
}
