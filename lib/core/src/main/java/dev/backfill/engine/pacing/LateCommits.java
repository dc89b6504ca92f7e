package dev.backfill.engine.pacing;

import dev.backfill.connector.OpenTransaction;
import dev.backfill.throttle.Hold;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a run, for a bounded time, until transactions that wrote to its source before a look at it have ended: what they
 * commit was not seen by that look. Used by one thread.
 */
public final class LateCommits implements Supplier<Optional<Hold>> {
    /** Longer than the transactions of a web application, and short enough for someone who waits for the run. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(LateCommits.class);

    private final String phase;
    private final Set<String> awaited;
    private final Supplier<List<OpenTransaction>> writers;
    private final Time time;
    private final long begun;
    private boolean reported;

    /**
     * @param awaited those that wrote before the look
     * @param writers those that are open at each moment
     */
    public LateCommits(
            String phase, List<OpenTransaction> awaited, Supplier<List<OpenTransaction>> writers, Time time) {
        this.phase = phase;
        this.awaited = awaited.stream().map(OpenTransaction::id).collect(Collectors.toSet());
        this.writers = writers;
        this.time = time;
        this.begun = time.nanos();
    }

    /** How long to wait before asking again; nothing when all have ended, or the time is over. */
    @Override
    public Optional<Hold> get() {
        List<OpenTransaction> open = writers.get().stream()
                .filter(each -> awaited.contains(each.id()))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (time.nanos() - begun >= PATIENCE.toNanos()) {
            LOG.warn(
                    "{}: still open after {} s: {}; rows that they commit later are not processed by this run: run it again"
                            + " when they have ended, and it looks once more",
                    phase,
                    PATIENCE.toSeconds(),
                    descriptions(open));
            return Optional.empty();
        }
        report(open);
        return Optional.of(new Hold(POLL, "transactions that have not committed yet"));
    }

    private void report(List<OpenTransaction> open) {
        if (!reported) {
            LOG.info(
                    "{}: waiting at most {} s for transactions that wrote before the last look for new rows: {}",
                    phase,
                    PATIENCE.toSeconds(),
                    descriptions(open));
        }
        reported = true;
    }

    private static String descriptions(List<OpenTransaction> open) {
        return open.stream().map(OpenTransaction::description).collect(Collectors.joining(", "));
    }
}
