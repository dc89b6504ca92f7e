package dev.backfill.control;

import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import java.util.Optional;

/** What a run asks before each batch: may it work, and how fast. A new wish wakes those who wait. Thread-safe. */
public final class LiveControl {
    private final StopSignal signal;
    private volatile Wishes wishes;

    public LiveControl(StopSignal signal, Wishes wishes) {
        this.signal = signal;
        this.wishes = wishes;
    }

    public Wishes wishes() {
        return wishes;
    }

    public Optional<Wish> paused() {
        return wishes.pause();
    }

    public Tuning tuning() {
        return wishes.tuning();
    }

    /** Takes over what is wished now; a cancel stops the run. */
    public void hear(Wishes now) {
        if (now.number() <= wishes.number()) {
            return;
        }
        wishes = now;
        if (now.cancel().isPresent()) {
            signal.give(Stop.CANCEL);
        }
        signal.ring();
    }
}
