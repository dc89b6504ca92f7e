package dev.backfill.control;

import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run asks before each batch: may it work, and how fast. A new request wakes those who wait. How long a pause lasts is
 * measured from when this process heard of it: the one who asked for it may have another clock. Thread-safe.
 */
public final class LiveControl {
    private final StopSignal signal;
    private final Time time;
    private final ControlState superseded;
    private volatile Heard heard;

    /** What is wished, and when this process heard of its pause, by {@link Time#nanos}. */
    private record Heard(ControlState requests, long pausedNanos) {}

    public LiveControl(StopSignal signal, Time time, ControlState requests) {
        this(signal, time, requests, ControlState.none());
    }

    /**
     * @param superseded whose cancel and tuning are not for this run
     */
    public LiveControl(StopSignal signal, Time time, ControlState requests, ControlState superseded) {
        this.signal = signal;
        this.time = time;
        this.superseded = superseded;
        this.heard = new Heard(requests.without(superseded), time.nanos());
    }

    public ControlState requests() {
        return heard.requests();
    }

    public Optional<ControlRequest> paused() {
        return requests().pause();
    }

    /** How long ago this process heard of the pause; meaningless without one. */
    public Duration pausedFor() {
        return Duration.ofNanos(time.nanos() - heard.pausedNanos());
    }

    public Tuning tuning() {
        return requests().tuning();
    }

    /** Takes over what is wished now; a cancel stops the run. */
    public synchronized void hear(ControlState asked) {
        Heard before = heard;
        if (asked.number() <= before.requests().number()) {
            return;
        }
        ControlState now = asked.without(superseded);
        boolean same = now.pause().equals(before.requests().pause());
        heard = new Heard(now, same ? before.pausedNanos() : time.nanos());
        if (now.cancel().isPresent()) {
            signal.give(Stop.CANCEL);
        }
        signal.ring();
    }
}
