package dev.backfill.inspection;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.PeekableSource;
import dev.backfill.connector.Split;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.run.RunOptions;
import dev.backfill.words.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reports what one phase has before it, from where an earlier start has left it.
 *
 * @param again true if a start of the run, which is done, looks once more for new rows
 */
record Forecast(
        Backfill plan, RunOptions options, OpenPhase phase, PhaseState state, boolean again, Findings findings) {
    PhaseOutlook outlook(String subject, Glancing glancing) {
        int size = options.batch().orElse(phase.plan().batch().orElse(plan.batch()));
        Optional<List<SplitState>> planned = findings.trying(subject, this::splits);
        OptionalLong left = planned.map(this::left).orElse(OptionalLong.empty());
        List<SplitState> splits = planned.orElseGet(List::of);
        boolean looks = again && phase.left().isPresent();
        boolean done = state.status() == WorkStatus.DONE;
        Optional<Glance> glance = splits.stream()
                .filter(split -> !done && split.status() != WorkStatus.DONE)
                .findFirst()
                .flatMap(first -> findings.trying(subject, () -> glancing.at(first.split(), first.cursor(), size)));
        glance.filter(Glance::hopeless).ifPresent(seen -> findings.add(subject, hopeless(seen)));
        Optional<Expectation> expectation = left.isPresent() && !done
                ? Optional.of(Expectation.of(left.getAsLong(), size, rules(), glance))
                : Optional.empty();
        return new PhaseOutlook(
                state.name(),
                phase.title(),
                state.status(),
                looks ? newRows(subject) : left,
                looks,
                size,
                splits.stream().map(SplitState::split).toList(),
                expectation,
                glance);
    }

    private OptionalLong newRows(String subject) {
        return findings.trying(subject, () -> phase.left().orElseThrow().splits(1))
                .map(splits -> splits.get(0).rows())
                .orElse(OptionalLong.empty());
    }

    private static Diagnostic hopeless(Glance seen) {
        String all = seen.refused() == 1 ? "the only record" : "each of the " + Quantity.of(seen.refused(), "record");
        return Diagnostic.problem(all + " looked at would be a dead letter, the first one "
                + seen.refusals().get(0) + "; correct the script, or the data");
    }

    /** As they were stored; a source that cannot be resumed, or has not begun, is planned now. */
    private List<SplitState> splits() {
        if (!state.splits().isEmpty() && phase.source().resumable()) {
            return state.splits();
        }
        Optional<PeekableSource> peekable = phase.source().traits().peekable();
        if (peekable.isPresent()) {
            long about = peekable.get().about();
            Split whole = new Split(0, Cursor.start(), Optional.empty(), OptionalLong.of(about));
            return List.of(SplitState.planned(whole));
        }
        boolean ordered = phase.sinks().stream().anyMatch(sink -> sink.traits().serial());
        int wanted = ordered ? 1 : options.concurrency().planned();
        List<SplitState> planned =
                phase.source().splits(wanted).stream().map(SplitState::planned).toList();
        phase.checkEnvelope();
        return planned;
    }

    private OptionalLong left(List<SplitState> splits) {
        long left = 0;
        for (SplitState split : splits) {
            if (split.status() != WorkStatus.DONE) {
                OptionalLong rows = split.split().rows();
                if (rows.isEmpty()) {
                    return OptionalLong.empty();
                }
                left += Math.max(0, rows.getAsLong() - split.rows());
            }
        }
        long most = options.extent().limit().orElse(Long.MAX_VALUE);
        return OptionalLong.of(state.status() == WorkStatus.DONE ? 0 : Math.min(left, most));
    }

    private List<ThrottleRule> rules() {
        List<ThrottleRule> rules = new ArrayList<>(plan.throttle());
        rules.addAll(phase.plan().throttle());
        return rules;
    }
}
