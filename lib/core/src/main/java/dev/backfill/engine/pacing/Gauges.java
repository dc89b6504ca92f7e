package dev.backfill.engine.pacing;

import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import dev.backfill.connector.TransientFailure;
import dev.backfill.control.LiveStatus;
import dev.backfill.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Keeps what a run shows of itself: how fast it is, its last batch, its last error, and who holds what it waits for. Thread-safe. */
public final class Gauges {
    /** The rate is that of so long a time: long enough for pauses between batches, short enough to follow a change. */
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** A lock that was waited for so long ago explains a failure no more. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Time time;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Optional<Instant> lastBatch = Optional.empty();
    private Optional<LiveStatus.Trouble> trouble = Optional.empty();
    private List<LockWait> waits = List.of();
    private long waitsSeen;

    /** How many records had been read by then. */
    private record Sample(long nanos, long read) {}

    public Gauges(Time time) {
        this.time = time;
    }

    /** The state in which the run begins. */
    synchronized void begins(RunState state) {
        samples.clear();
        samples.add(new Sample(time.nanos(), state.read()));
    }

    /** Something was saved. */
    synchronized void saved(RunState before, RunState after) {
        if (after.batches() > before.batches()) {
            lastBatch = Optional.of(time.now());
        }
        waits = List.of();
        samples.add(new Sample(time.nanos(), after.read()));
        while (samples.size() > 2 && time.nanos() - samples.getFirst().nanos() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
    }

    synchronized void waits(List<LockWait> seen) {
        waits = seen;
        waitsSeen = time.nanos();
    }

    synchronized List<LockWait> waits() {
        return waits;
    }

    synchronized void failed(String what) {
        trouble = Optional.of(new LiveStatus.Trouble(time.now(), what));
    }

    synchronized Optional<LiveStatus.Trouble> trouble() {
        return trouble;
    }

    synchronized Optional<Instant> lastBatch() {
        return lastBatch;
    }

    /** Records a second; nothing before anything was read. */
    synchronized OptionalDouble rate() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        long read = samples.getLast().read() - samples.getFirst().read();
        double seconds = (time.nanos() - samples.getFirst().nanos()) / 1e9;
        return read < 0 || seconds <= 0 ? OptionalDouble.empty() : OptionalDouble.of(read / seconds);
    }

    /** The failure of a statement that waited for a lock, with who holds it if that was seen. */
    synchronized Failure explained(Failure failure) {
        boolean fresh = !waits.isEmpty() && time.nanos() - waitsSeen <= FRESH.toNanos();
        return fresh && failure instanceof TransientFailure passing && passing.waitedForLock()
                ? TransientFailure.locked(
                        failure.getMessage() + "; it waited for " + waits.get(0).full(), failure)
                : failure;
    }
}
