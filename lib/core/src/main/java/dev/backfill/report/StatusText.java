package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.LockWait;
import dev.backfill.control.ControlState;
import dev.backfill.control.LiveStatus;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.plan.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says where a backfill stands, from its checkpoint and from who holds locks that it waits for. */
public record StatusText(
        Backfill plan,
        String store,
        CheckpointSnapshot stored,
        LetterText letters,
        List<PartText> parts,
        ControlState requests,
        Optional<LiveStatus> pulse,
        Look look) {
    /** What the run itself has seen so lately still counts. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /**
     * The circumstances of the one who looks.
     *
     * @param waits locks that sessions of backfills wait for, as their server says now; nothing if it was not asked
     */
    public record Look(Instant now, Screen screen, Optional<List<LockWait>> waits) {}

    public String text() {
        Screen screen = look.screen();
        Page page = new Page(screen).heading(plan.name() + ": " + headline(screen::time));
        stored.holder().ifPresent(holder -> page.line(2, "owner: " + holder.text(screen::time)));
        stored.checkpoint().ifPresent(checkpoint -> phases(page, checkpoint.run()));
        if (stored.checkpoint().isPresent()) {
            page.heading("This run");
        }
        new ControlText(requests, ofThisRun(), owned(), waits(), look.now()).add(page);
        long dead = letters.store().countDeadLetters();
        if (dead > 0) {
            page.line(
                    2,
                    "dead letters: " + Figures.count(dead)
                            + ", listed by --dead-letters, tried again by 'retry', which reads the records again, or by"
                            + " 'retry --from-payload', which writes them as they were");
            letters.summary().forEach(line -> add(page, line));
        }
        parts.stream().flatMap(part -> part.summary().stream()).forEach(line -> add(page, line));
        return page.line(2, "checkpoint: " + store).text();
    }

    /** A line with spaces before it. */
    private static void add(Page page, String line) {
        String text = line.stripLeading();
        page.line(line.length() - text.length(), text);
    }

    private void phases(Page page, RunState run) {
        page.heading("Phases").table(2, table(run).table(look.screen()));
        Refused refused = Refused.now(letters.store());
        for (PhaseState phase : run.phases()) {
            String rejected = refused.inPhase(phase);
            if (!rejected.isEmpty()) {
                page.line(2, phase.name() + ": " + rejected.substring(2));
            }
            if (phase.status() != WorkStatus.DONE) {
                Resuming.predicate(phase).ifPresent(place -> page.line(2, phase.name() + ": " + place));
            }
            Suppressed.of(plan, phase).forEach(line -> page.line(4, line));
        }
    }

    private PhaseTable table(RunState run) {
        return new PhaseTable(run, ofThisRun().filter(each -> owned()));
    }

    /** Who blocks the run now, as its server says, or as the run itself has seen. */
    private List<LockWait> waits() {
        if (!owned()) {
            return List.of();
        }
        return look.waits()
                .filter(found -> !found.isEmpty())
                .orElseGet(() -> ofThisRun()
                        .filter(each -> Duration.between(each.at(), look.now()).compareTo(FRESH) < 0)
                        .map(LiveStatus::waits)
                        .orElse(List.of()));
    }

    public String json() {
        Optional<LiveStatus> last = ofThisRun();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("backfill", plan.name());
        object.put("status", headline(Instant::toString));
        object.put("owner", stored.holder().orElse(null));
        object.put(
                "run",
                stored.checkpoint().map(checkpoint -> (Object) checkpoint.run()).orElse(null));
        object.put(
                "progress",
                stored.checkpoint()
                        .map(checkpoint -> progress(checkpoint.run()))
                        .orElse(List.of()));
        object.put("lastBatch", last.flatMap(LiveStatus::lastBatch).orElse(null));
        object.put("lastError", last.flatMap(LiveStatus::trouble).orElse(null));
        object.put("blockedBy", waits());
        object.put("deadLetters", letters.store().countDeadLetters());
        object.put("deadLetterCounts", letters.store().letterCounts());
        object.put("parts", parts.stream().map(PartText::object).toList());
        object.put("wishes", requests);
        object.put("pulse", pulse.orElse(null));
        object.put("store", store);
        return CheckpointJson.write(object);
    }

    /** What the checkpoint itself does not say of each phase. */
    private List<Map<String, Object>> progress(RunState run) {
        return run.phases().stream().map(phase -> table(run).object(phase)).toList();
    }

    /** True if a process works on it now. */
    public boolean owned() {
        return stored.holder().filter(LeaseHolder::works).isPresent();
    }

    private Optional<LiveStatus> ofThisRun() {
        return pulse.filter(each -> stored.checkpoint()
                .filter(checkpoint -> checkpoint.run().id().equals(each.run()))
                .isPresent());
    }

    private String headline(Function<Instant, String> time) {
        return stored.checkpoint()
                .map(checkpoint -> headline(checkpoint.run(), time))
                .orElse("has not been run");
    }

    /** A run that says it is running, but has no living owner, was killed. */
    private String headline(RunState run, Function<Instant, String> time) {
        String status = run.status() == RunStatus.RUNNING && !owned()
                ? "broken off, resumes with the next start"
                : run.status().toString().toLowerCase(Locale.ROOT);
        return status + " (run " + run.id() + " of " + time.apply(run.started()) + ")";
    }
}
