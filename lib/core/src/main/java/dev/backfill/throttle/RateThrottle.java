package dev.backfill.throttle;

import dev.backfill.time.Time;
import java.time.Duration;

/**
 * At most so many records in each such time, on average since the last idle moment; nothing is saved up while it idles.
 */
public final class RateThrottle implements Throttle {
    private final double records;
    private final Duration per;
    private final Time time;
    private final long origin;
    private double free;

    public RateThrottle(double records, Duration per, Time time) {
        this.records = records;
        this.per = per;
        this.time = time;
        this.origin = time.nanos();
    }

    @Override
    public Duration reserve(Cost cost) {
        double now = time.nanos() - origin;
        double nanosPerRecord = per.toNanos() / records;
        free = Math.max(free, now - cost.records() * nanosPerRecord) + cost.records() * nanosPerRecord;
        return Duration.ofNanos((long) Math.max(0, free - now));
    }

    @Override
    public String title() {
        String amount = records == Math.rint(records) ? String.valueOf((long) records) : String.valueOf(records);
        return "rate " + amount + " per " + Seconds.text(per);
    }
}
