package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import dev.backfill.layout.Screen;
import dev.backfill.plan.Backfill;
import dev.backfill.run.Progress;
import dev.backfill.run.RunListener;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.Time;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what a run does while it does it: a progress line where a person watches, else a log line now and then. */
public final class RunReport implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);
    private static final Duration LINE = Duration.ofMillis(200);
    private static final Duration ENTRY = Duration.ofSeconds(10);
    /** A wait that a person asks about. */
    private static final Duration LONG = Duration.ofSeconds(2);

    private final Backfill plan;
    private final Time time;
    private final Screen screen;
    private final Optional<ProgressLine> line;
    private final long begun;
    private long told;
    private String held = "";
    private Optional<String> blocker = Optional.empty();
    private long phaseBegun;
    private int phase = -1;
    private long since;
    private Optional<RunState> last = Optional.empty();
    private Optional<TimeSheet> sheet = Optional.empty();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    RunReport(Backfill plan, Time time, Screen screen, Optional<ProgressLine> line) {
        this.plan = plan;
        this.time = time;
        this.screen = screen;
        this.line = line;
        this.begun = time.nanos();
        this.told = begun;
    }

    /** Shows a progress line if a person's terminal is there. */
    public static RunReport start(Backfill plan, Time time, PrintWriter terminal, Screen screen) {
        return Terminal.present()
                ? new RunReport(plan, time, screen, Optional.of(new ProgressLine(terminal, screen)))
                : silent(plan, time);
    }

    /** Shows no progress line, even on a terminal. */
    public static RunReport silent(Backfill plan, Time time) {
        return new RunReport(plan, time, Screen.unlimited(), Optional.empty());
    }

    @Override
    public void started(RunState state, boolean resumed) {
        last = Optional.of(state);
        if (!resumed) {
            log(() -> LOG.info("{} begins run {}", plan.name(), state.id()));
        } else {
            log(() -> LOG.info("{} resumes run {} of {}", plan.name(), state.id(), screen.time(state.started())));
            state.phases().forEach(each -> Resuming.text(each).ifPresent(text -> log(() -> LOG.info("{}", text))));
        }
    }

    @Override
    public void waitingFor(LeaseHolder holder) {
        String why = holder.owner().revoked()
                ? "which lost the backfill to a takeover and may still write"
                : "which no longer renews it";
        log(() -> LOG.warn(
                "waiting until the lease of {} expires, {}: {} s at most",
                holder.owner(),
                why,
                CheckpointStore.LEASE.toSeconds()));
    }

    @Override
    public void provided(String what) {
        log(() -> LOG.info("added {}", what));
    }

    @Override
    public void wouldProvide(String what) {
        log(() -> LOG.info("would add {}", what));
    }

    @Override
    public void skipped(String name, String why) {
        skipped.put(name, why);
    }

    @Override
    public void bounded(String why) {
        log(() -> LOG.warn("{}", why));
    }

    @Override
    public void walkingAgain(String name) {
        log(() -> LOG.info(
                "{} is read from its start again, because its position cannot be resumed; records that are already"
                        + " right are not written",
                name));
    }

    @Override
    public void retrying(String doing, Failure failure, int attempt, Duration wait) {
        log(() -> LOG.warn(
                "{} failed (attempt {}), next in {}: {}", doing, attempt, Figures.time(wait), failure.getMessage()));
    }

    @Override
    public void holding(String throttle, Duration duration) {
        boolean known = throttle.equals(held);
        if (due() || (!known && duration.compareTo(LONG) >= 0)) {
            held = throttle;
            tell("waiting: " + throttle + until(duration));
        }
    }

    @Override
    public void blocked(LockWait wait) {
        boolean news = !blocker.equals(Optional.of(wait.lock() + wait.pid()));
        blocker = Optional.of(wait.lock() + wait.pid());
        if (news) {
            told = time.nanos();
            log(() -> LOG.warn("waiting for {}", wait.full()));
        } else if (due()) {
            tell("waiting for " + wait.text());
        }
    }

    /** Nothing for a wait that is over before it is read. */
    private String until(Duration duration) {
        return duration.compareTo(LONG) < 0
                ? ""
                : ", for " + Figures.time(duration) + " at most, until "
                        + screen.time(time.now().plus(duration));
    }

    @Override
    public void timed(TimeSheet times) {
        sheet = Optional.of(times);
    }

    @Override
    public void saved(Progress progress) {
        last = Optional.of(progress.state());
        blocker = Optional.empty();
        if (progress.phase() != phase) {
            phase = progress.phase();
            phaseBegun = time.nanos();
            since = progress.current().read();
        }
        detail(progress);
        if (due()) {
            held = "";
            show(progress);
        }
    }

    private boolean due() {
        return time.nanos() - told >= (line.isPresent() ? LINE : ENTRY).toNanos();
    }

    private void detail(Progress progress) {
        long read = progress.current().read();
        List<String> lines = progress.details();
        if (lines.isEmpty()) {
            LOG.debug("{}: {} records, {} in all", progress.current().name(), progress.records(), read);
        } else if (LOG.isDebugEnabled()) {
            String of =
                    progress.expected().isPresent() ? "/" + progress.expected().getAsLong() : "";
            for (int i = 0; i < lines.size(); i++) {
                long number = read - lines.size() + i + 1;
                String text = "[" + number + of + "] " + lines.get(i);
                log(() -> LOG.debug("{}", text));
            }
        }
    }

    private String text(Progress progress) {
        Duration elapsed = Duration.ofNanos(time.nanos() - phaseBegun);
        return ProgressText.of(progress, since, elapsed, Shares.most(shares(), TimeSheet.WORK));
    }

    /** Of several phases a bar, or a share, says how far all of them are. */
    private void show(Progress progress) {
        told = time.nanos();
        double share = ProgressText.share(plan, progress.state());
        String all = plan.phases().size() > 1 ? ", " + Figures.percent(share) + " of all phases" : "";
        line.ifPresentOrElse(shown -> shown.show(share, text(progress)), () -> LOG.info("{}{}", text(progress), all));
    }

    private void tell(String text) {
        told = time.nanos();
        line.ifPresentOrElse(shown -> shown.show(text), () -> LOG.info("{}", text));
    }

    private void log(Runnable entry) {
        line.ifPresent(ProgressLine::clear);
        entry.run();
    }

    public Duration elapsed() {
        return Duration.ofNanos(time.nanos() - begun);
    }

    /** The parts of the time, from 0 to 1, which add up to 1: work, and each limit that held. */
    public Map<String, Double> shares() {
        return sheet.map(TimeSheet::shares).orElse(Map.of());
    }

    /** The phases that a dry run could not work on, and why. */
    Map<String, String> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** The run as it was saved last, if it came so far. */
    public Optional<RunState> last() {
        return last;
    }

    /** Takes the progress line away. */
    @Override
    public void close() {
        line.ifPresent(ProgressLine::clear);
    }
}
