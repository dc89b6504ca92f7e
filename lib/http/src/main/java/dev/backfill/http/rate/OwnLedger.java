package dev.backfill.http.rate;

import dev.backfill.time.Time;
import java.util.function.ToLongFunction;

/** Keeps a rate that nobody else shares. */
final class OwnLedger implements Ledger {
    private final Window window;
    private final Time time;

    OwnLedger(Rate rate, Time time) {
        this.window = new Window(rate);
        this.time = time;
    }

    @Override
    public synchronized long with(ToLongFunction<Window> use) {
        return use.applyAsLong(window);
    }

    @Override
    public long now() {
        return time.nanos();
    }
}
