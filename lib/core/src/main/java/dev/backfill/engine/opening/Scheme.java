package dev.backfill.engine.opening;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.run.Extent;
import dev.backfill.run.RunContext;
import java.util.List;
import java.util.Map;

/** Which phases a start is to work on, and how a run's state must look for them. */
public record Scheme(Backfill plan, Extent extent) {
    public Scheme {
        List<String> names = names(plan);
        extent.phase()
                .filter(name -> plan.phases().stream().noneMatch(phase -> phase.called(name)))
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "no phase '" + name + "'; there are " + String.join(", ", names));
                });
    }

    private static List<String> names(Backfill plan) {
        return plan.phases().stream().map(Phase::name).toList();
    }

    /** True if the phase at this index is to be worked on. */
    public boolean wanted(int index) {
        Phase phase = plan.phases().get(index);
        return phase.wanted() && extent.phase().map(phase::called).orElse(true);
    }

    public boolean finished(RunState state) {
        for (int i = 0; i < plan.phases().size(); i++) {
            if (wanted(i) && state.phases().get(i).status() != WorkStatus.DONE) {
                return false;
            }
        }
        return true;
    }

    /** The state itself; {@link FatalFailure} if it was made for other phases. */
    public RunState matching(RunState state) {
        List<String> stored = state.phases().stream().map(PhaseState::name).toList();
        if (!names(plan).equals(stored)) {
            throw new FatalFailure("the checkpoint was made by a script with the phases " + String.join(", ", stored)
                    + ", but this one has " + String.join(", ", names(plan))
                    + "; resume with that script, or begin again with --restart");
        }
        return state;
    }

    public RunState fresh(RunContext context) {
        List<PhaseState> phases = plan.phases().stream()
                .map(phase -> PhaseState.pending(phase.name(), phase.sinks().size()))
                .toList();
        return new RunState(
                RunId.make(context.time().now(), context.random()),
                plan.name(),
                context.time().now(),
                RunStatus.RUNNING,
                phases,
                Map.of(),
                plan.beforeRun().isPresent() ? WorkStatus.PENDING : WorkStatus.DONE);
    }
}
