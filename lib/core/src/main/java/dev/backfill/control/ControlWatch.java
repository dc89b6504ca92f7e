package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import dev.backfill.run.RunContext;
import dev.backfill.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for requests every second next to the work, and shows what the run does. A store that does not answer is asked again
 * with the next look: the run continues in the meantime.
 */
public final class ControlWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_PER_STATUS = 5;

    private final ControlStateStore requests;
    private final LiveStatusStore statuses;
    private final LiveStatusStore last;
    private final LiveControl control;
    private final Supplier<LiveStatus> status;
    private final Ticks looks;
    private long answered = -1;
    private List<Long> blockers = List.of();
    private int looked;
    private boolean closed;

    private ControlWatch(RunContext context, CheckpointStore store, LiveControl control, Supplier<LiveStatus> status) {
        this.requests = new ControlStateStore(store);
        this.statuses = new LiveStatusStore(store);
        this.last = new LiveStatusStore(context.retryingBriefly(store));
        this.control = control;
        this.status = status;
        this.looks = context.time().every(LOOK, "control", this::look);
    }

    public static ControlWatch start(
            RunContext context, CheckpointStore store, LiveControl control, Supplier<LiveStatus> status) {
        return new ControlWatch(context, store, control, status);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        try {
            control.hear(requests.read());
            LiveStatus now = status.get();
            List<Long> holders = now.waits().stream().map(LockWait::pid).toList();
            boolean news = now.answered() != answered || !holders.equals(blockers);
            if (news || looked++ % LOOKS_PER_STATUS == 0) {
                statuses.write(now);
                answered = now.answered();
                blockers = holders;
            }
        } catch (Failure e) {
            LOG.debug("requests to pause, cancel or tune could not be read: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("requests to pause, cancel or tune could not be read: {}", e.toString());
        }
    }

    /** Shows the run once more as it ends. */
    @Override
    public void close() {
        looks.close();
        last();
    }

    private synchronized void last() {
        closed = true;
        try {
            last.write(status.get());
        } catch (RuntimeException e) {
            LOG.debug("the last live status could not be written: {}", e.getMessage());
        }
    }
}
