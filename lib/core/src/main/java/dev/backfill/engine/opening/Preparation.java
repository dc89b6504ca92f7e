package dev.backfill.engine.opening;

import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.Action;
import dev.backfill.plan.Backfill;
import dev.backfill.retry.Retry;
import dev.backfill.run.ChangedException;
import dev.backfill.run.RunListener;
import dev.backfill.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the phases of a run, refuses a run that is not what it was, and provides what must be there first. */
public record Preparation(Backfill plan, RunOptions options, RunListener listener, Retry retry) {
    /** Looks at everything before anything is changed, but for what it must see; only then adds what else is missing. */
    public List<OpenPhase> of(Opening opening, Optional<RunState> known) {
        List<Opening.Needed> needed = new ArrayList<>(opening.needed(plan.requirements()));
        List<Opening.Needed> first =
                needed.stream().filter(Opening.Needed::first).toList();
        first.forEach(this::provide);
        needed.removeAll(first);
        List<OpenPhase> phases = plan.phases().stream().map(opening::phase).toList();
        known.ifPresent(run -> refuseChanges(run, phases));
        needed.forEach(this::provide);
        if (known.isEmpty()) {
            plan.before().ifPresent(Action::run);
        }
        return phases;
    }

    private void provide(Opening.Needed needed) {
        if (needed.missing().isEmpty()) {
            return;
        } else if (options.dryRun()) {
            needed.missing().forEach(listener::wouldProvide);
            if (needed.first()) {
                throw new FatalFailure("a dry run cannot look at what is not there yet: "
                        + String.join(", ", needed.missing()) + "; add it first");
            }
            return;
        }
        retry.run("adding " + needed.definition().title(), () -> {
            needed.requirement().provide();
            return true;
        });
        needed.missing().forEach(listener::provided);
    }

    private void refuseChanges(RunState run, List<OpenPhase> phases) {
        List<String> differences = Pins.differences(run.pins(), Pins.of(phases));
        if (!differences.isEmpty() && !options.acceptChanges()) {
            throw new ChangedException(run.id(), differences);
        }
    }
}
