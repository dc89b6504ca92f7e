package dev.backfill.retrial;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.control.RunHistory;
import dev.backfill.control.RunRecord;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.Opening;
import dev.backfill.engine.opening.Pins;
import dev.backfill.letter.Retrial;
import dev.backfill.letter.Tally;
import dev.backfill.ownership.LeaseGuard;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.retry.Retry;
import dev.backfill.run.ChangedException;
import dev.backfill.run.OpenResources;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.time.StoppedException;
import dev.backfill.words.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the dead letters of a backfill tried again, as the owner of its checkpoint, whose position does not move. */
public final class LetterRetry {
    private static final Logger LOG = LoggerFactory.getLogger(LetterRetry.class);
    private static final int PAGE = 500;

    private final Backfill plan;
    private final RunContext context;
    private final Processes processes;
    private final Selection selection;
    private final Retry retry;

    public LetterRetry(Backfill plan, RunContext context, Processes processes, Selection selection) {
        this.plan = plan;
        this.context = context;
        this.processes = processes;
        this.selection = selection;
        this.retry = context.retry();
        selection
                .phase()
                .filter(name ->
                        plan.phases().stream().noneMatch(phase -> phase.name().equals(name)))
                .ifPresent(name -> {
                    throw new IllegalArgumentException("no phase '" + name + "'; there are "
                            + String.join(
                                    ", ",
                                    plan.phases().stream().map(Phase::name).toList()));
                });
    }

    /** {@link dev.backfill.run.OwnedException} if a run is in progress; {@link ChangedException} if its sources or sinks were others. */
    public Tally run(OpenResources resources, CheckpointStore letters) {
        CheckpointStore store = context.retrying(letters);
        RunState state = store.read()
                .checkpoint()
                .orElseThrow(() ->
                        new IllegalArgumentException(plan.name() + " has not been run: there are no dead letters"))
                .run();
        Lease lease = new Ownership(store, context, processes).take(false);
        try (LeaseGuard guard = new LeaseGuard(store, lease, context.waiter()).renewing()) {
            plan.scope().begin(resources, state.started());
            RunRecord begun = RunRecord.begun(
                    state.id(), context.owner().toString(), context.time().now());
            Tally tally = new Pass(resources, store, lease, guard, state).run();
            remember(store, begun, tally);
            return tally;
        } finally {
            store.release(lease);
        }
    }

    /** Who looks back sees what became of letters that are not on the list any more. */
    private void remember(CheckpointStore store, RunRecord begun, Tally tally) {
        String outcome = "retry of " + Quantity.of(tally.tried(), "dead letter")
                + (tally.gone() > 0 ? ", " + tally.gone() + " gone from the source" : "");
        try {
            new RunHistory(store)
                    .put(begun.ended(
                            context.time().now(),
                            outcome,
                            tally.tried() - tally.gone() - tally.unread(),
                            tally.written(),
                            store.countDeadLetters()));
        } catch (Failure e) {
            LOG.warn("the history could not be written: {}", e.getMessage());
        }
    }

    /** One way through the list. */
    private final class Pass {
        private final Opening opening;
        private final CheckpointStore store;
        private final Lease lease;
        private final LeaseGuard guard;
        private final RunState state;
        private final Map<String, Retrial> retrials = new HashMap<>();

        Pass(OpenResources resources, CheckpointStore store, Lease lease, LeaseGuard guard, RunState state) {
            this.opening = new Opening(resources, RunOptions.standard(), retry, change -> {});
            this.store = store;
            this.lease = lease;
            this.guard = guard;
            this.state = state;
        }

        /** Letters that stay are skipped: they keep their place at the front of what is left. */
        Tally run() {
            Tally sum = Tally.none();
            long skip = 0;
            long left = selection.limit().orElse(Long.MAX_VALUE);
            List<DeadLetter> page = store.deadLetters(skip, PAGE);
            while (!page.isEmpty() && left > 0) {
                List<DeadLetter> chosen =
                        page.stream().filter(selection::includes).limit(left).toList();
                long before = store.countDeadLetters();
                sum = sum.plus(again(chosen));
                left -= chosen.size();
                skip += page.size() - (before - store.countDeadLetters());
                page = store.deadLetters(skip, PAGE);
            }
            return sum;
        }

        private Tally again(List<DeadLetter> letters) {
            Tally sum = Tally.none();
            for (OpenedLetters group : groups(letters)) {
                if (context.stop().given().isPresent()) {
                    throw new StoppedException();
                }
                guard.check();
                sum = sum.plus(
                        selection.fromPayload()
                                ? group.retrial().replay(lease, group.letters())
                                : group.retrial().read(lease, group.letters()));
            }
            return sum;
        }

        private List<OpenedLetters> groups(List<DeadLetter> letters) {
            List<OpenedLetters> groups = new ArrayList<>();
            for (Phase phase : plan.phases()) {
                List<DeadLetter> own = letters.stream()
                        .filter(letter -> letter.phase().equals(phase.name()))
                        .toList();
                if (!own.isEmpty()) {
                    groups.add(new OpenedLetters(retrials.computeIfAbsent(phase.name(), name -> opened(phase)), own));
                }
            }
            return groups;
        }

        /** A text that was fixed is what a retry is for; other sources and sinks are not what the letters were about. */
        private void compare(OpenPhase open) {
            Map<String, String> now = Pins.of(List.of(open));
            Map<Boolean, Map<String, String>> before = state.pins().entrySet().stream()
                    .collect(Collectors.partitioningBy(
                            pin -> Pins.isText(pin.getKey()),
                            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            List<String> elsewhere = Pins.differences(Objects.requireNonNull(before.get(false)), now);
            if (!elsewhere.isEmpty() && !selection.acceptChanges()) {
                throw new ChangedException(state.id(), elsewhere);
            }
            Pins.differences(Objects.requireNonNull(before.get(true)), now)
                    .forEach(text -> LOG.warn("{} since the run began; its letters go through it as it is now", text));
        }

        private Retrial opened(Phase phase) {
            OpenPhase open = opening.phase(phase);
            compare(open);
            Retrial retrial = open.retrial(store, guard, context);
            if (!retrial.readsAgain() && !selection.fromPayload()) {
                throw new FatalFailure("the source of phase '" + phase.name() + "', " + open.title()
                        + ", cannot be read by keys; write the records as they were when they were rejected with"
                        + " retry --from-payload, or fix the cause and start again with --restart");
            }
            return retrial;
        }
    }

    private record OpenedLetters(Retrial retrial, List<DeadLetter> letters) {}
}
