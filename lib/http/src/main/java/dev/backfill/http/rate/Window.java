package dev.backfill.http.rate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Says when the next call may be sent so that no sliding period ever holds more calls than are allowed, as the server counts
 * them. Calls are spread evenly, a little slower than allowed, so that even a first burst counts; after a stall they catch up,
 * as far as the period allows. Pure arithmetic on the nanoseconds of one clock. Not thread-safe.
 */
final class Window {
    /** Slower than allowed by so much: what the way to the server may vary without two periods running into each other. */
    private static final double MARGIN = 0.012;
    /**
     * Also while it catches up, slower than allowed by the jitter of the answers, so many times, and at most by so much: an
     * answer says how long both ways took, but not which of them.
     */
    private static final int JITTERS = 3;

    private static final double MOST_JITTER = 0.006;
    /** How many answers the jitter is smoothed over, as RFC 3550 does. */
    private static final int SMOOTHED = 16;
    /** Of the interval, for each call: by how much late calls may hold up others; no more than is caught up again. */
    private static final double PATIENCE = 0.010;
    /** Of the period: how much a first burst that reaches the server late may hold up what follows. */
    private static final double FIRST_PATIENCE = 1.0;

    private static final long UNKNOWN = -1;
    /** How many numbers stand before those of the calls when it is written. */
    private static final int HEAD = 7;

    private final long period;
    private final long interval;
    private final long[] sent;
    private final long[] taken;
    private long calls;
    private long line = Long.MIN_VALUE;
    private long quickest = Long.MAX_VALUE;
    private long patience;
    private long jitter;
    private long before = UNKNOWN;

    Window(Rate rate) {
        this.period = rate.period().toNanos();
        this.interval = (long) (period * (1 + MARGIN) / rate.calls());
        this.sent = new long[rate.calls()];
        this.taken = new long[rate.calls()];
        this.patience = (long) (period * FIRST_PATIENCE);
    }

    /** Nothing to wait if it is 0: then the call counts as sent now; its number is {@link #last}. */
    long take(long now) {
        forgetAfterJump(now);
        long usual = Math.max(line, full() ? free() : Long.MIN_VALUE);
        long earliest = full() ? Math.max(usual, held(now, usual)) : usual;
        if (earliest > now) {
            return earliest - now;
        }
        patience = Math.min(period, patience - stall(earliest, usual) + (long) (interval * PATIENCE));
        line = (calls == 0 ? now : Math.max(line, now - period)) + interval;
        sent[slot(calls)] = now;
        taken[slot(calls)] = UNKNOWN;
        calls++;
        return 0;
    }

    /** Until when the lateness of an earlier call may hold this one up. */
    private long held(long now, long usual) {
        return Math.min(free() + lateness(now), even(usual) + patience);
    }

    /** When the call of a period ago no longer counts. */
    private long free() {
        return sent[slot(calls)] + period + Math.min((long) (period * MOST_JITTER), JITTERS * jitter);
    }

    /** By how much the lateness of an earlier call, and nothing else, held this one up. */
    private long stall(long earliest, long usual) {
        return earliest == usual ? 0 : Math.max(0, earliest - even(usual));
    }

    /** When it would be sent if calls followed each other evenly from the last one on. */
    private long even(long usual) {
        return Math.max(usual, sent[slot(calls - 1)] + interval);
    }

    /** The number of the call that was sent last, from 0. */
    long last() {
        return calls - 1;
    }

    /** The answer to a call came: the longer it took, the later the server may have counted it. */
    void answered(long call, long now) {
        if (call < calls - sent.length) {
            return;
        }
        long time = Math.max(0, now - sent[slot(call)]);
        taken[slot(call)] = time;
        quickest = Math.min(quickest, time);
        jitter += before == UNKNOWN ? 0 : (Math.abs(time - before) - jitter) / SMOOTHED;
        before = time;
    }

    /** The service refused the call, which took no work: neither is it counted, nor does its time say anything of others. */
    void refused(long call) {
        if (call >= calls - sent.length) {
            taken[slot(call)] = 0;
        }
    }

    /** By how much the call of a period ago may have reached the server later than others do. */
    private long lateness(long now) {
        if (!full() || quickest == Long.MAX_VALUE) {
            return 0;
        }
        long time = taken[slot(calls)] == UNKNOWN ? now - sent[slot(calls)] : taken[slot(calls)];
        return Math.max(0, time - quickest);
    }

    /** A clock that was set back would hold all calls until it has caught up: a whole period is enough. */
    private void forgetAfterJump(long now) {
        if (calls > 0 && now < sent[slot(calls - 1)]) {
            Arrays.fill(sent, now);
            Arrays.fill(taken, 0);
            line = now + interval;
        }
    }

    private boolean full() {
        return calls >= sent.length;
    }

    private int slot(long call) {
        return (int) (call % sent.length);
    }

    static int size(Rate rate) {
        return Long.BYTES * (HEAD + 2 * rate.calls());
    }

    /** All that it knows, for another process that shares the rate. */
    ByteBuffer written() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (HEAD + 2 * sent.length));
        bytes.putLong(period)
                .putLong(calls)
                .putLong(line)
                .putLong(quickest)
                .putLong(patience)
                .putLong(jitter)
                .putLong(before);
        for (int i = 0; i < sent.length; i++) {
            bytes.putLong(sent[i]).putLong(taken[i]);
        }
        return bytes.flip();
    }

    /** What another process has written; a new one if it was written for another rate. */
    static Window read(Rate rate, ByteBuffer bytes) {
        Window window = new Window(rate);
        if (bytes.remaining() != size(rate) || bytes.getLong() != rate.period().toNanos()) {
            return window;
        }
        window.calls = bytes.getLong();
        window.line = bytes.getLong();
        window.quickest = bytes.getLong();
        window.patience = bytes.getLong();
        window.jitter = bytes.getLong();
        window.before = bytes.getLong();
        for (int i = 0; i < window.sent.length; i++) {
            window.sent[i] = bytes.getLong();
            window.taken[i] = bytes.getLong();
        }
        return window;
    }
}
