package dev.backfill.throttle;

import dev.backfill.plan.limit.Unit;
import dev.backfill.time.Time;
import java.time.Duration;

/**
 * At most so many records or requests in each such time, on average since the last idle moment; nothing is saved up while
 * it idles.
 */
public final class RateThrottle implements Throttle {
    private final Unit unit;
    private final double most;
    private final Duration per;
    private final Time time;
    private final long origin;
    private double free;

    public RateThrottle(Unit unit, double most, Duration per, Time time) {
        this.unit = unit;
        this.most = most;
        this.per = per;
        this.time = time;
        this.origin = time.nanos();
    }

    @Override
    public Duration reserve(Cost cost) {
        double now = time.nanos() - origin;
        double spent = amount(unit, cost) * (per.toNanos() / most);
        free = Math.max(free, now - spent) + spent;
        return Duration.ofNanos((long) Math.max(0, free - now));
    }

    static long amount(Unit unit, Cost cost) {
        return unit == Unit.RECORDS ? cost.records() : cost.requests();
    }

    @Override
    public String title() {
        String amount = most == Math.rint(most) ? String.valueOf((long) most) : String.valueOf(most);
        return "rate " + amount + (unit == Unit.REQUESTS ? " requests" : "") + " per " + Seconds.text(per);
    }
}
