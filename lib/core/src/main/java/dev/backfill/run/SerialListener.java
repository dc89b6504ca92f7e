package dev.backfill.run;

import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import java.time.Duration;

/** Passes on what several threads say, one call at a time. */
public final class SerialListener implements RunListener {
    private final RunListener listener;

    public SerialListener(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void started(RunState state, boolean resumed) {
        listener.started(state, resumed);
    }

    @Override
    public synchronized void waitingFor(LeaseHolder holder) {
        listener.waitingFor(holder);
    }

    @Override
    public synchronized void provided(String what) {
        listener.provided(what);
    }

    @Override
    public synchronized void wouldProvide(String what) {
        listener.wouldProvide(what);
    }

    @Override
    public synchronized void skipped(String phase, String why) {
        listener.skipped(phase, why);
    }

    @Override
    public synchronized void bounded(String why) {
        listener.bounded(why);
    }

    @Override
    public synchronized void saved(Progress progress) {
        listener.saved(progress);
    }

    @Override
    public synchronized void holding(String throttle, Duration time) {
        listener.holding(throttle, time);
    }

    @Override
    public synchronized void blocked(LockWait wait) {
        listener.blocked(wait);
    }

    @Override
    public synchronized void timed(TimeSheet sheet) {
        listener.timed(sheet);
    }

    @Override
    public synchronized void waited() {
        listener.waited();
    }

    @Override
    public synchronized void walkingAgain(String phase) {
        listener.walkingAgain(phase);
    }

    @Override
    public synchronized void retrying(String doing, Failure failure, int attempt, Duration wait) {
        listener.retrying(doing, failure, attempt, wait);
    }
}
