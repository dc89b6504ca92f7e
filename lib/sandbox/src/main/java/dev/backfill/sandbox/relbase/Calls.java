package dev.backfill.sandbox.relbase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the simulator was asked. Thread-safe. */
public final class Calls {
    private final Map<String, Integer> asked = new TreeMap<>();
    private final List<Long> allowed = new ArrayList<>();
    private long refused;
    private int underWay;
    private int mostUnderWay;

    /** How often each path was asked for, refused calls not counted. */
    public synchronized Map<String, Integer> asked() {
        return new TreeMap<>(asked);
    }

    /** How many calls were let through. */
    public synchronized int total() {
        return allowed.size();
    }

    /** How many were asked to be slower. */
    public synchronized long refused() {
        return refused;
    }

    /** The most calls that were under way at the same time. */
    public synchronized int mostUnderWay() {
        return mostUnderWay;
    }

    /** Calls a second from the first to the last that was let through. */
    public synchronized double rate() {
        double seconds = (allowed.get(allowed.size() - 1) - allowed.get(0)) / 1e9;
        return (allowed.size() - 1) / seconds;
    }

    synchronized void refuse() {
        refused++;
    }

    /** Gives how often the path was asked for before. */
    synchronized int begin(String path, long nanos) {
        allowed.add(nanos);
        mostUnderWay = Math.max(mostUnderWay, ++underWay);
        return asked.merge(path, 1, Integer::sum) - 1;
    }

    synchronized void end() {
        underWay--;
    }
}
