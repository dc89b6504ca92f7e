package dev.backfill.run;

import dev.backfill.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes every moment of a run to one account: to work while any batch is worked on, else to what the run waits for. So the
 * shares add up to the whole. Thread-safe.
 */
public final class TimeSheet {
    public static final String WORK = "work";
    public static final String RETRIES = "waiting for retries";

    private final Time time;
    private final long begun;
    private final Map<String, Duration> accounts = new LinkedHashMap<>();
    private final Map<String, Integer> waits = new LinkedHashMap<>();
    private int batches;
    private long since;

    public TimeSheet(Time time) {
        this.time = time;
        this.begun = time.nanos();
        this.since = begun;
    }

    public synchronized void batchBegins() {
        settle();
        batches++;
    }

    public synchronized void batchEnds() {
        settle();
        batches--;
    }

    /**
     * A wait begins; it counts while no batch is worked on.
     *
     * @param title a throttle's, or {@link #RETRIES}: then a batch waits
     */
    public synchronized void waits(String title) {
        settle();
        waits.merge(title, 1, Integer::sum);
    }

    /** A wait is over, and another one begins at the same moment. */
    public synchronized void waitsOn(String before, String title) {
        settle();
        end(before);
        waits.merge(title, 1, Integer::sum);
    }

    /** A wait of this title is over. */
    public synchronized void goesOn(String title) {
        settle();
        end(title);
    }

    private void end(String title) {
        waits.computeIfPresent(title, (name, number) -> number > 1 ? number - 1 : null);
    }

    /** What the run waits for now, if it does nothing else. */
    public synchronized Optional<String> held() {
        return Optional.of(account()).filter(name -> !name.equals(WORK));
    }

    public Duration elapsed() {
        return Duration.ofNanos(time.nanos() - begun);
    }

    /** The part of the time so far on each account, work first; they add up to 1. */
    public synchronized Map<String, Double> shares() {
        settle();
        long whole = Math.max(1, since - begun);
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put(WORK, 0.0);
        accounts.forEach((name, spent) -> shares.put(name, (double) spent.toNanos() / whole));
        if (since == begun) {
            shares.put(WORK, 1.0);
        }
        return shares;
    }

    private void settle() {
        long now = time.nanos();
        accounts.merge(account(), Duration.ofNanos(now - since), Duration::plus);
        since = now;
    }

    /** Batches that wait for a retry do not work; of several waits the first one counts. */
    private String account() {
        int retrying = waits.getOrDefault(RETRIES, 0);
        if (batches > retrying || waits.isEmpty()) {
            return WORK;
        }
        return retrying > 0 ? RETRIES : waits.keySet().iterator().next();
    }
}
