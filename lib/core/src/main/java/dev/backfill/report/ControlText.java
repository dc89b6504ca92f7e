package dev.backfill.report;

import dev.backfill.control.Pulse;
import dev.backfill.control.Tuning;
import dev.backfill.control.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what people wish of a run, and what its time goes to.
 *
 * @param pulse of the run that the checkpoint is of
 * @param owned true if a process works on it now
 */
record ControlText(Wishes wishes, Optional<Pulse> pulse, boolean owned) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        wishes.cancel().ifPresent(wish -> lines.add("cancelled " + wish));
        wishes.pause().ifPresent(wish -> lines.add("paused " + wish));
        if (!wishes.tuning().equals(Tuning.none())) {
            lines.add("tuned: " + wishes.tuning()
                    + wishes.tuned().map(wish -> ", " + wish).orElse(""));
        }
        if (owned && pulse.map(Pulse::answered).orElse(0L) < wishes.number()) {
            lines.add("the run has not answered yet");
        }
        pulse.ifPresent(each -> lines.add(time(each)));
        return lines;
    }

    private String time(Pulse last) {
        String now = owned ? last.held().map(held -> "; waiting now: " + held).orElse("; working now") : "";
        return "time: " + Shares.text(last.shares()) + " of "
                + Figures.time(Duration.ofMillis(Math.round(last.seconds() * 1_000))) + now
                + (owned && last.batch() > 0 ? "; batches of " + Figures.count(last.batch()) : "");
    }
}
