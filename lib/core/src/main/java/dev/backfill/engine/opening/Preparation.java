package dev.backfill.engine.opening;

import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.Failure;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.run.ChangedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens those phases of a run that are to be worked on, and refuses a run that is not what it was. */
public record Preparation(Backfill plan, RunOptions options, RunContext context) {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    /**
     * What was opened.
     *
     * @param phases those that are to be worked on, by their places in the plan
     * @param missing what must be there before anything is written, and is not yet
     * @param toBeMade what the run itself makes
     */
    public record Opened(Map<Integer, OpenPhase> phases, List<Opening.Needed> missing, ToBeMade toBeMade) {
        public Opened {
            phases = Collections.unmodifiableMap(new TreeMap<>(phases));
            missing = List.copyOf(missing);
        }

        /** The phases in the order of the plan. */
        public List<OpenPhase> all() {
            return List.copyOf(phases.values());
        }
    }

    /** Looks at everything before anything is changed, but for what it must see. */
    public Opened open(Opening opening, Optional<RunState> known) {
        List<Opening.Needed> needed = new ArrayList<>(opening.needed(plan.requirements()));
        Scheme scheme = new Scheme(plan, options.extent());
        ToBeMade toBeMade = new ToBeMade(
                scheme, needed.stream().map(Opening.Needed::requirement).toList());
        List<Opening.Needed> first =
                needed.stream().filter(Opening.Needed::first).toList();
        first.forEach(this::provide);
        needed.removeAll(first);
        Map<Integer, OpenPhase> phases = new TreeMap<>();
        IntStream.range(0, plan.phases().size())
                .filter(scheme::wanted)
                .forEach(i -> phase(i, opening, toBeMade).ifPresent(phase -> phases.put(i, phase)));
        Opened opened = new Opened(phases, needed, toBeMade);
        known.ifPresent(run -> refuseChanges(run, opened.all()));
        return opened;
    }

    /** Nothing if a dry run cannot look at it yet. */
    private Optional<OpenPhase> phase(int index, Opening opening, ToBeMade toBeMade) {
        Phase phase = plan.phases().get(index);
        try {
            return Optional.of(opening.phase(phase));
        } catch (AbsentFailure absent) {
            context.listener()
                    .skipped(
                            phase.name(),
                            toBeMade.why(index, absent)
                                    .filter(why -> options.dryRun())
                                    .orElseThrow(() -> absent));
            return Optional.empty();
        }
    }

    /** A phase that was not chosen, for a part of its work that is left; nothing, and a warning, if that cannot be done. */
    public Optional<OpenPhase> unchosen(Phase phase, Opening opening, RunState run) {
        String undone = "its dead letters are not tried again now; try them with the command retry";
        try {
            OpenPhase open = opening.phase(phase);
            List<String> differences = Pins.differences(run.pins(), Pins.of(List.of(open)));
            if (differences.isEmpty() || options.acceptChanges()) {
                return Optional.of(open);
            }
            LOG.warn("phase '{}' is not as it was: {}; {}", phase.name(), String.join("; ", differences), undone);
        } catch (Failure e) {
            LOG.warn("phase '{}' could not be opened: {}; {}", phase.name(), e.getMessage(), undone);
        }
        return Optional.empty();
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
