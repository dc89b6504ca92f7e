package dev.backfill.plan;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a script's functions may ask while its run is in progress: the open connections, and when the run started. */
public final class RunScope {
    private volatile @Nullable Resources resources;
    private volatile @Nullable Instant started;
    private volatile @Nullable Function<String, Row> totals;

    /** Called by the engine, once, before any function of the script. */
    public void begin(Resources opened, Instant start) {
        resources = opened;
        started = start;
    }

    /** False before a run, as for {@code plan}: then no function can ask anything. */
    public boolean begun() {
        return resources != null;
    }

    public Resources resources() {
        return during(resources);
    }

    /** The instant at which the run began, the same after every resume. */
    public Instant started() {
        return during(started);
    }

    /** Called by the engine, once: what reports what a step has done so far. */
    public void telling(Function<String, Row> steps) {
        totals = steps;
    }

    /** False before a run, as for {@code plan}: then no step has done anything. */
    public boolean knowsTotals() {
        return totals != null;
    }

    /** What a step has done so far, by name. */
    public Row totals(String step) {
        return during(totals).apply(step);
    }

    private static <T> T during(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("this is known only while the backfill runs; use it inside a function");
        }
        return value;
    }
}
