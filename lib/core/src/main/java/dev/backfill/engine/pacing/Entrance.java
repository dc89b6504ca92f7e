package dev.backfill.engine.pacing;

import dev.backfill.control.ControlRequest;
import dev.backfill.control.LiveControl;
import dev.backfill.run.PausedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.TimeSheet;
import dev.backfill.throttle.Admission;
import dev.backfill.throttle.Cost;
import dev.backfill.throttle.Hold;
import dev.backfill.throttle.Limits;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets the next batch begin when nobody and nothing holds. Each wait ends when someone asks for something, and is decided on
 * again. Thread-safe: each thread waits for itself.
 */
public final class Entrance {
    static final String BY_HAND = "paused by hand";
    /** A process that waits for a person longer than that is better started again. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private final Pace pace;
    private final LiveControl control;
    private final TimeSheet sheet;
    private final Allowance allowance;
    private final RunContext context;
    private final Halt halt;
    private final boolean exitOnPause;

    public Entrance(Pace pace, Supervision around, Allowance allowance, Halt halt) {
        this.pace = pace;
        this.control = around.control();
        this.sheet = around.sheet();
        this.exitOnPause = around.exitOnPause();
        this.allowance = allowance;
        this.context = around.context();
        this.halt = halt;
    }

    /**
     * How many records the next batch may have; each is to be settled.
     *
     * @param most what else bounds it
     */
    public int grant(int most) {
        return allowance.grant(Math.min(pace.size(), most));
    }

    /** Gives back what was granted and not read. */
    public void settle(int granted, int read) {
        allowance.settle(granted, read);
    }

    /** True if the next batch is to wait until those before it are finished. */
    public boolean betweenBatches() {
        return pace.limits().betweenBatches();
    }

    public void batchBegins() {
        sheet.batchBegins();
    }

    public void batchEnds() {
        sheet.batchEnds();
    }

    /** Fits the size of the next batches to the time that this one took. */
    public void took(int records, Duration time) {
        pace.took(records, time);
    }

    public Halt halt() {
        return halt;
    }

    /** Returns when a batch that costs so much may begin; what it has to reserve is reserved then. */
    public void pass(Cost planned) {
        Admission admission = pace.limits().admission(planned);
        holdWhile(() -> context.retry().run("asking the limits", admission::ask));
    }

    /** Returns when the wait after a batch that has cost so much is over. */
    public void rest(Cost spent) {
        holdWhile(new Rest(pace, spent, context.time()));
    }

    /** Returns when the question is answered with nothing, after as many waits as it answers. */
    public void holdWhile(Supplier<Optional<Hold>> question) {
        Optional<Hold> last = Optional.empty();
        try {
            while (true) {
                long rings = context.stop().rings();
                context.waiter().pause(Duration.ZERO);
                halt.check();
                Optional<Hold> next = next(question);
                if (next.isEmpty()) {
                    return;
                }
                allowance.check();
                begin(next.get(), last);
                last = next;
                context.waiter().rest(allowance.atMost(next.get().time()), rings);
            }
        } finally {
            last.ifPresent(hold -> sheet.goesOn(hold.title()));
        }
    }

    private Optional<Hold> next(Supplier<Optional<Hold>> question) {
        Optional<ControlRequest> paused = control.paused();
        return paused.isPresent() ? Optional.of(byHand(paused.get())) : question.get();
    }

    /** One wait becomes the next without a moment of work between them: the one who looks then sees a run that waits. */
    private void begin(Hold next, Optional<Hold> last) {
        context.listener().holding(next.title(), next.time());
        last.ifPresentOrElse(before -> sheet.waitsOn(before.title(), next.title()), () -> sheet.waits(next.title()));
    }

    private Hold byHand(ControlRequest request) {
        Duration waited = control.pausedFor();
        if (exitOnPause || waited.compareTo(PATIENCE) >= 0) {
            throw paused(request);
        }
        return new Hold(PATIENCE.minus(waited), BY_HAND);
    }

    static PausedException paused(ControlRequest request) {
        return new PausedException("paused " + request + "; lift it with the command resume");
    }

    /** The wait after one batch, which is another one when the limits are tuned in the meantime. */
    private static final class Rest implements Supplier<Optional<Hold>> {
        private final Pace pace;
        private final Cost spent;
        private final Time time;
        private final long begun;
        private Optional<Limits> asked = Optional.empty();
        private Optional<Hold> answer = Optional.empty();

        Rest(Pace pace, Cost spent, Time time) {
            this.pace = pace;
            this.spent = spent;
            this.time = time;
            this.begun = time.nanos();
        }

        @Override
        public Optional<Hold> get() {
            Limits now = pace.limits();
            if (!asked.equals(Optional.of(now))) {
                asked = Optional.of(now);
                answer = now.reserve(spent);
            }
            Duration passed = Duration.ofNanos(time.nanos() - begun);
            return answer.map(hold -> new Hold(hold.time().minus(passed), hold.title()))
                    .filter(hold -> hold.time().compareTo(Duration.ZERO) > 0);
        }
    }
}
