package dev.backfill.engine.opening;

import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.Backfill;
import dev.backfill.run.ChangedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the phases of a run, and refuses a run that is not what it was. */
public record Preparation(Backfill plan, RunOptions options, RunContext context) {
    /**
     * What was opened.
     *
     * @param missing what must be there before anything is written, and is not yet
     */
    public record Opened(List<OpenPhase> phases, List<Opening.Needed> missing) {
        public Opened {
            phases = List.copyOf(phases);
            missing = List.copyOf(missing);
        }
    }

    /** Looks at everything before anything is changed, but for what it must see. */
    public Opened open(Opening opening, Optional<RunState> known) {
        List<Opening.Needed> needed = new ArrayList<>(opening.needed(plan.requirements()));
        List<Opening.Needed> first =
                needed.stream().filter(Opening.Needed::first).toList();
        first.forEach(this::provide);
        needed.removeAll(first);
        List<OpenPhase> phases = plan.phases().stream().map(opening::phase).toList();
        known.ifPresent(run -> refuseChanges(run, phases));
        return new Opened(phases, needed);
    }

    /** Adds what is still missing. */
    public void provide(Opened opened) {
        opened.missing().forEach(this::provide);
    }

    private void provide(Opening.Needed needed) {
        if (needed.missing().isEmpty()) {
            return;
        } else if (options.dryRun()) {
            needed.missing().forEach(context.listener()::wouldProvide);
            if (needed.first()) {
                throw new FatalFailure("a dry run cannot look at what is not there yet: "
                        + String.join(", ", needed.missing()) + "; add it first");
            }
            return;
        }
        context.retry().run("adding " + needed.definition().title(), () -> {
            needed.requirement().provide();
            return true;
        });
        needed.missing().forEach(context.listener()::provided);
    }

    private void refuseChanges(RunState run, List<OpenPhase> phases) {
        List<String> differences = Pins.differences(run.pins(), Pins.of(phases));
        if (!differences.isEmpty() && !options.acceptChanges()) {
            throw new ChangedException(run.id(), differences);
        }
    }
}
