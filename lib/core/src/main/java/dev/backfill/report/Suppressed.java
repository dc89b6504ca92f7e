package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SinkStep;
import java.util.ArrayList;
import java.util.List;

/** Reports the records that a target does not hold as they were sent, because its own triggers, rules or policies decide otherwise. */
public final class Suppressed {
    private Suppressed() {}

    /** How many there are in all phases, without those that the script accepts. */
    public static long unaccepted(Backfill plan, RunState run) {
        long sum = 0;
        for (PhaseState phase : run.phases()) {
            List<SinkStep> steps = steps(plan, phase);
            for (int i = 0; i < Math.min(steps.size(), phase.sinks().size()); i++) {
                sum += accepted(steps.get(i).sink()) ? 0 : phase.sinks().get(i).notAsSent();
            }
        }
        return sum;
    }

    private static boolean accepted(SinkDefinition sink) {
        return sink.acceptSuppressedBecause().isPresent();
    }

    private static List<SinkStep> steps(Backfill plan, PhaseState state) {
        return plan.phases().stream()
                .filter(phase -> phase.name().equals(state.name()))
                .findFirst()
                .map(phase -> phase.sinks())
                .orElse(List.of());
    }

    /** One sentence for each sink of the phase that has some. */
    static List<String> of(Backfill plan, PhaseState state) {
        List<SinkStep> steps = steps(plan, state);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(steps.size(), state.sinks().size()); i++) {
            long count = state.sinks().get(i).notAsSent();
            if (count > 0) {
                lines.add(line(steps.get(i).sink(), count));
            }
        }
        return lines;
    }

    private static String line(SinkDefinition sink, long count) {
        String records = Figures.count(count) + (count == 1 ? " record is" : " records are");
        return sink.title() + ": " + records
                + " not stored as sent, because of the database's own triggers, rules or policies; "
                + sink.acceptSuppressedBecause()
                        .map(reason -> "the script accepts that: " + reason)
                        .orElse("'plan' names them; if that is intended, add acceptSuppressed '…' with the reason to"
                                + " the sink");
    }

    static String skipped(SinkCounts sink) {
        return sink.suppressed() == 0 ? "" : ", " + Figures.count(sink.suppressed()) + " suppressed by the database";
    }

    static String altered(SinkCounts sink) {
        return sink.altered() == 0 ? "" : ", " + Figures.count(sink.altered()) + " of them altered by the database";
    }
}
