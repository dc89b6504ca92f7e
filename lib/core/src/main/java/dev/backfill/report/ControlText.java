package dev.backfill.report;

import dev.backfill.connector.LockWait;
import dev.backfill.control.ControlRequest;
import dev.backfill.control.ControlState;
import dev.backfill.control.LiveStatus;
import dev.backfill.control.Tuning;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says what people ask of a run, who blocks it, its last batch and its last error, and what its time goes to.
 *
 * @param pulse of the run that the checkpoint is of
 * @param owned true if a process works on it now
 * @param waits for which locks it waits now
 */
record ControlText(
        ControlState requests, Optional<LiveStatus> pulse, boolean owned, List<LockWait> waits, Instant now) {
    void add(Page page) {
        Screen screen = page.screen();
        requests.cancel().ifPresent(request -> page.line(2, "cancelled " + request.text(screen::time)));
        requests.pause().ifPresent(request -> page.line(2, "paused " + request.text(screen::time)));
        if (!requests.tuning().equals(Tuning.none())) {
            page.line(
                    2,
                    "tuned: " + requests.tuning()
                            + requests.tuned()
                                    .map((ControlRequest request) -> ", " + request.text(screen::time))
                                    .orElse(""));
        }
        if (owned && pulse.map(LiveStatus::answered).orElse(0L) < requests.number()) {
            page.line(2, "the run has not answered yet");
        }
        waits.forEach(wait -> page.item(2, Style.PROBLEM, "blocked:", "it waits for " + wait.full()));
        pulse.ifPresent(each -> add(page, each));
    }

    private void add(Page page, LiveStatus last) {
        last.lastBatch()
                .ifPresent(at ->
                        page.line(2, "last batch: " + ago(at) + page.screen().time(at)));
        last.trouble()
                .ifPresent(error -> page.item(
                        2, Style.WARNING, "last error:", page.screen().time(error.at()) + ", " + error.text()));
        page.line(2, time(last));
    }

    /** What is not worked on now has no age that matters. */
    private String ago(Instant at) {
        Duration age = Duration.between(at, now);
        String text = age.toSeconds() < 60 ? Math.max(0, age.toSeconds()) + " s" : Figures.time(age);
        return owned ? text + " ago, " : "";
    }

    private String time(LiveStatus last) {
        String at = owned ? last.held().map(held -> "; waiting now: " + held).orElse("; working now") : "";
        return "time: " + Shares.text(last.shares()) + " of "
                + Figures.time(Duration.ofMillis(Math.round(last.seconds() * 1_000))) + at
                + (owned && last.batch() > 0 ? "; batches of " + Figures.count(last.batch()) : "");
    }
}
