package dev.backfill.inspection;

import dev.backfill.checkpoint.AdoptingStore;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Resources;
import dev.backfill.engine.opening.Connections;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.Opening;
import dev.backfill.engine.opening.OwnEffect;
import dev.backfill.engine.opening.Pins;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.engine.opening.ToBeMade;
import dev.backfill.legacy.Legacy;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.retry.Retry;
import dev.backfill.retry.RetryPolicy;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at everything that a run would use: checkpoint, requirements, sources, lookups, sinks and their servers. Changes
 * nothing, and waits some seconds at most for a server that is away.
 */
public final class Inspector {
    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

    private final Backfill plan;
    private final RunOptions options;
    private final RunContext context;
    private final int sampleSize;
    private final boolean acceptLegacy;
    private final Findings findings;

    /**
     * @param sampleSize how many changes of each sink are kept
     * @param acceptLegacy true if an earlier program's checkpoint is to be taken over
     */
    public Inspector(Backfill plan, RunOptions options, RunContext context, int sampleSize, boolean acceptLegacy) {
        this.plan = plan;
        this.options = options;
        this.context = context;
        this.sampleSize = sampleSize;
        this.acceptLegacy = acceptLegacy;
        this.findings = new Findings(context.with(RetryPolicy.BRIEF).retry());
    }

    /**
     * @param resources opened for reading only; the caller closes it
     * @param title what the store is, for messages
     */
    public Outlook inspect(OpenResources resources, String title, Function<Resources, CheckpointStore> store) {
        Scheme scheme = new Scheme(plan, options.extent());
        Opened opened = new Opened(resources);
        Optional<CheckpointSnapshot> stored = findings.trying(title, () -> opened.owned(store.apply(opened)))
                .flatMap(found -> {
                    found.traits().inspectable().ifPresent(server -> findings.look(title, server));
                    return findings.trying(title, () -> stored(title, found));
                });
        Optional<RunState> run = stored.filter(any -> !options.restart())
                .flatMap(CheckpointSnapshot::checkpoint)
                .flatMap(saved -> findings.trying(title, () -> scheme.matching(saved.run())));
        plan.scope()
                .begin(opened, run.map(RunState::started).orElse(context.time().now()));
        findings.addAll("the script", ScriptRules.of(plan));
        Parts parts = new Parts(opened, findings, new ArrayList<>());
        plan.requirements().forEach(parts::requirement);
        ToBeMade toBeMade = new ToBeMade(scheme, parts.requirements());
        List<OpenPhase> phases = new ArrayList<>();
        List<PhaseOutlook> outlooks = new ArrayList<>();
        for (int i = 0; i < plan.phases().size(); i++) {
            if (scheme.wanted(i)) {
                phase(i, parts.of(expecting(i, toBeMade)), resources, run, phases)
                        .ifPresent(outlooks::add);
            }
        }
        bound(resources);
        opened.servers().forEach(server -> findings.look(String.valueOf(server), server));
        Start start = new Start(run, stored.flatMap(CheckpointSnapshot::holder), differences(run, phases));
        return new Outlook(plan.name(), start, outlooks, findings.subjects());
    }

    private Findings expecting(int phase, ToBeMade toBeMade) {
        return findings.expecting(failure -> toBeMade.why(phase, failure));
    }

    private void bound(OpenResources resources) {
        findings.trying(
                        "the run",
                        () -> new Connections(
                                        resources.pools(), context.with(ONCE).retry())
                                .bound(options.concurrency()))
                .flatMap(Connections.Bound::why)
                .ifPresent(why -> findings.add("the run", Diagnostic.info(why)));
    }

    private CheckpointSnapshot stored(String title, CheckpointStore store) {
        if (acceptLegacy) {
            Optional<Legacy> legacy = store.traits()
                    .adopting()
                    .flatMap(AdoptingStore::foreign)
                    .map(document -> Legacy.read(plan, document));
            if (legacy.isPresent()) {
                findings.add(
                        title, Diagnostic.warning(legacy.get().told() + "; make sure that no such program still runs"));
                return CheckpointSnapshot.nothing();
            }
        }
        return store.read();
    }

    private Optional<PhaseOutlook> phase(
            int index, Parts parts, OpenResources resources, Optional<RunState> run, List<OpenPhase> phases) {
        Phase phase = plan.phases().get(index);
        if (!parts.phase(phase)) {
            return Optional.empty();
        }
        String subject = "phase '" + phase.name() + "'";
        FirstChanges changes = new FirstChanges(sampleSize);
        Retry once = context.with(ONCE).retry();
        return parts.findings()
                .trying(subject, () -> new Opening(resources, options.dry(), once, changes).phase(phase))
                .map(open -> {
                    phases.add(open);
                    hidden(subject, open);
                    PhaseState state = run.map(known -> known.phases().get(index))
                            .orElseGet(() -> PhaseState.pending(
                                    phase.name(), phase.sinks().size()));
                    Glancing glancing = new Glancing(open, changes, context.time());
                    boolean again = run.filter(known -> known.status() == RunStatus.DONE)
                            .isPresent();
                    return new Forecast(plan, options, open, state, again, parts.findings()).outlook(subject, glancing);
                });
    }

    private void hidden(String subject, OpenPhase open) {
        Set<String> hidden =
                findings.trying(subject, () -> OwnEffect.of(open).hidden()).orElse(Set.of());
        if (!hidden.isEmpty()) {
            findings.add(
                    subject,
                    Diagnostic.warning("validate cannot compare what a run writes: the source's condition is about "
                            + String.join(", ", hidden)
                            + ", which the phase changes; if it means rows that are still to be done, give it"
                            + " a where(…) of its own, and say newRows catchUp: with the same condition"));
        }
    }

    private List<String> differences(Optional<RunState> run, List<OpenPhase> phases) {
        List<String> differences = run.filter(known -> known.status() != RunStatus.DONE)
                .flatMap(known -> findings.trying("the run", () -> Pins.differences(known.pins(), Pins.of(phases))))
                .orElse(List.of());
        if (!differences.isEmpty() && !options.acceptChanges()) {
            findings.add(
                    "the run",
                    Diagnostic.problem("it cannot be resumed: " + String.join("; ", differences)
                            + "; resume all the same with --accept-changes, begin again with --restart, or look at the"
                            + " settings"));
        }
        return differences;
    }
}
