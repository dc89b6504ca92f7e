package dev.backfill.hook;

import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import dev.backfill.plan.HookEvent;
import dev.backfill.run.Progress;
import dev.backfill.run.RunListener;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.Time;
import java.time.Duration;

/** Passes on what a run says, and calls hooks for what the world may want to know of it. */
public final class HookedListener implements RunListener, AutoCloseable {
    private static final String BY_HAND = "paused by hand";

    private final RunListener listener;
    private final Hooks hooks;
    private final String backfill;
    private final String host;
    private final StallWatch stall;
    private boolean paused;

    /**
     * @param host where it runs, for people
     * @param stall how long no batch may be saved before that is reported
     */
    public HookedListener(RunListener listener, Hooks hooks, String backfill, String host, Duration stall, Time time) {
        this.listener = listener;
        this.hooks = hooks;
        this.backfill = backfill;
        this.host = host;
        this.stall = new StallWatch(hooks, backfill + " on " + host, stall, time);
    }

    @Override
    public void started(RunState state, boolean resumed) {
        listener.started(state, resumed);
        tell(HookEvent.START, (resumed ? "resumes run " : "begins run ") + state.id());
    }

    @Override
    public void saved(Progress progress) {
        listener.saved(progress);
        paused = false;
        stall.paused(false);
        stall.saved();
    }

    @Override
    public void holding(String throttle, Duration time) {
        listener.holding(throttle, time);
        if (throttle.equals(BY_HAND) && !paused) {
            paused = true;
            stall.paused(true);
            tell(HookEvent.PAUSE, "is paused by hand, and waits");
        }
    }

    /** For how the run ended. */
    public void tell(HookEvent event, String what) {
        hooks.tell(event, backfill + " on " + host + ": " + what);
    }

    @Override
    public void blocked(LockWait wait) {
        listener.blocked(wait);
    }

    @Override
    public void timed(TimeSheet sheet) {
        listener.timed(sheet);
    }

    @Override
    public void waitingFor(LeaseHolder holder) {
        listener.waitingFor(holder);
    }

    @Override
    public void provided(String what) {
        listener.provided(what);
    }

    @Override
    public void wouldProvide(String what) {
        listener.wouldProvide(what);
    }

    @Override
    public void skipped(String phase, String why) {
        listener.skipped(phase, why);
    }

    @Override
    public void bounded(String why) {
        listener.bounded(why);
    }

    @Override
    public void walkingAgain(String phase) {
        listener.walkingAgain(phase);
    }

    @Override
    public void retrying(String doing, Failure failure, int attempt, Duration wait) {
        listener.retrying(doing, failure, attempt, wait);
    }

    @Override
    public void waited() {
        listener.waited();
    }

    /** Waits for hooks under way, at most ten seconds. */
    @Override
    public void close() {
        stall.close();
        hooks.close();
    }
}
