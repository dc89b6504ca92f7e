package dev.backfill.control;

import dev.backfill.connector.Failure;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for wishes every second on a thread of its own, and shows what the run does. A store that does not answer is asked
 * again with the next look: the run goes on meanwhile.
 */
public final class ControlWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlWatch.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final int LOOKS_PER_PULSE = 5;

    private final WishNote wishes;
    private final PulseNote pulses;
    private final LiveControl control;
    private final Supplier<Pulse> pulse;
    private final ScheduledExecutorService thread;
    private final Future<?> looks;
    private long answered = -1;
    private int looked;

    private ControlWatch(WishNote wishes, PulseNote pulses, LiveControl control, Supplier<Pulse> pulse) {
        this.wishes = wishes;
        this.pulses = pulses;
        this.control = control;
        this.pulse = pulse;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "control");
            watching.setDaemon(true);
            return watching;
        });
        this.looks = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    public static ControlWatch start(WishNote wishes, PulseNote pulses, LiveControl control, Supplier<Pulse> pulse) {
        return new ControlWatch(wishes, pulses, control, pulse);
    }

    private void look() {
        try {
            control.hear(wishes.read());
            boolean news = control.wishes().number() != answered;
            if (news || looked++ % LOOKS_PER_PULSE == 0) {
                pulses.write(pulse.get());
                answered = control.wishes().number();
            }
        } catch (Failure e) {
            LOG.debug("wishes could not be looked for: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("wishes could not be looked for: {}", e.toString());
        }
    }

    /** Shows the run once more as it ends. */
    @Override
    public void close() {
        looks.cancel(false);
        thread.shutdown();
        try {
            if (thread.awaitTermination(2, TimeUnit.SECONDS)) {
                pulses.write(pulse.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("the last pulse could not be written: {}", e.getMessage());
        }
    }
}
