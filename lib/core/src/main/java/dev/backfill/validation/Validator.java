package dev.backfill.validation;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Row;
import dev.backfill.connector.Split;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.Opening;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.SinkChain;
import dev.backfill.plan.Backfill;
import dev.backfill.retry.Retry;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.time.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares every record of a backfill's sources with its sinks, and changes nothing. A record that does not agree is looked
 * at twice more before it counts, and counts only if its source was the same each time: others may be writing.
 */
public final class Validator {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int LOOKS = 3;
    /** What changes in ten looks changes all the time: then nobody can say whether it agrees. */
    private static final int MOST_LOOKS = 10;
    /** More are not looked at again: then the backfill is wrong as a whole, and memory is to stay flat. */
    private static final int MOST_SUSPECTS = 20_000;

    private final Backfill plan;
    private final RunOptions options;
    private final RunContext context;
    private final Retry retry;
    private final Scheme scheme;

    public Validator(Backfill plan, RunOptions options, RunContext context) {
        this.plan = plan;
        this.options = options.dry();
        this.context = context;
        this.retry = context.retry();
        this.scheme = new Scheme(plan, options.extent());
    }

    /**
     * @param resources opened for reading only
     * @param run the run that is validated
     * @param letters its dead letters: what they say of is known already
     */
    public List<Verdict> validate(OpenResources resources, RunState run, List<DeadLetter> letters) {
        plan.scope().begin(resources, run.started());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < plan.phases().size(); i++) {
            if (scheme.wanted(i)) {
                Look.Heard heard = new Look.Heard();
                OpenPhase phase = new Opening(resources, options, retry, heard)
                        .compared(plan.phases().get(i));
                if (phase.sinks().stream().anyMatch(Validator::looks)) {
                    Count count = new Count(phase, letters, resources);
                    verdicts.add(verdict(
                            phase, new Look(phase, SinkChain.looking(phase.sinks(), retry), heard, retry), count, run));
                }
            }
        }
        return verdicts;
    }

    /** A file, or a target that is only added to, does not say what it holds: then there is nothing to compare. */
    private static boolean looks(OpenSink sink) {
        return sink.traits().previewable().isPresent();
    }

    private Verdict verdict(OpenPhase phase, Look look, Count count, RunState run) {
        List<SummedUp> sums = plan.validation().sums().stream()
                .filter(each -> each.phase().equals(phase.plan().name()))
                .map(each -> new SummedUp(each, phase))
                .toList();
        Ranges ranges = new Ranges();
        List<Suspect> suspects = new ArrayList<>();
        NotCompared uncompared = new NotCompared();
        long read = 0;
        int size = options.batch().orElse(phase.plan().batch().orElse(plan.batch()));
        for (Split split :
                retry.run("planning " + phase.title(), () -> phase.source().splits(1))) {
            Cursor cursor = split.after();
            for (boolean last = false; !last; ) {
                if (context.stop().given().isPresent()) {
                    throw new StoppedException();
                }
                Cursor after = cursor;
                Batch batch = retry.run(
                        "reading " + phase.title(), () -> phase.source().read(split, after, size));
                read += batch.rows().size();
                if (!batch.rows().isEmpty()) {
                    Look.Seen seen = see(phase, look, batch.rows(), ranges, suspects);
                    count.add(seen);
                    uncompared.add(seen);
                    sums.forEach(each -> each.add(seen, count));
                }
                count.addUnreadable(batch.unreadable().size());
                cursor = batch.next();
                last = batch.last();
            }
        }
        long compared = Math.max(0, read - NotCompared.number(uncompared.byReason()));
        uncompared.hidden(phase, run, read);
        Verdict verdict = new Looks(phase, look, count).settle(compared, uncompared, ranges, suspects);
        return accepted(verdict, phase, run).with(differences(sums));
    }

    /** The run has counted what its sinks' targets decided otherwise. */
    private static Verdict accepted(Verdict found, OpenPhase phase, RunState run) {
        Verdict verdict = found;
        for (PhaseState state : run.phases()) {
            for (int i = 0;
                    state.name().equals(phase.plan().name())
                            && i < phase.sinks().size();
                    i++) {
                OpenSink sink = phase.sinks().get(i);
                Optional<String> reason = phase.plan().sinks().get(i).sink().acceptSuppressedBecause();
                if (reason.isPresent()) {
                    verdict = verdict.accepting(
                            sink.title(), reason.get(), state.sinks().get(i).notAsSent());
                }
            }
        }
        return verdict;
    }

    private static Map<String, List<String>> differences(List<SummedUp> sums) {
        Map<String, List<String>> differences = new LinkedHashMap<>();
        sums.forEach(each -> differences.put(each.title(), each.differences()));
        return differences;
    }

    private static Look.Seen see(OpenPhase phase, Look look, List<Row> rows, Ranges ranges, List<Suspect> suspects) {
        Look.Seen seen = look.at(rows);
        String from = phase.source().key(rows.get(0));
        String to = phase.source().key(rows.get(rows.size() - 1));
        ranges.add(from, to, rows.size(), seen);
        suspects.addAll(seen.suspects());
        return seen;
    }

    /** The second look and those after it. */
    private final class Looks {
        private final OpenPhase phase;
        private final Look look;
        private final Count count;
        private final List<Suspect> wrong = new ArrayList<>();
        private long settled;
        private long changing;

        Looks(OpenPhase phase, Look look, Count count) {
            this.phase = phase;
            this.look = look;
            this.count = count;
        }

        Verdict settle(long compared, NotCompared uncompared, Ranges ranges, List<Suspect> found) {
            List<Suspect> suspects =
                    found.stream().filter(suspect -> !count.knows(suspect)).toList();
            Optional<KeyedSource> keyed = phase.source().traits().keyed();
            if (keyed.isPresent() && suspects.size() <= MOST_SUSPECTS) {
                again(keyed.get(), suspects);
            } else {
                wrong.addAll(suspects);
            }
            return new Verdict(
                    phase.plan().name(),
                    compared,
                    uncompared.byReason(),
                    Map.of(),
                    List.of(),
                    ranges.all(),
                    wrong,
                    settled,
                    changing,
                    count.tally(),
                    Map.of());
        }

        private void again(KeyedSource source, List<Suspect> suspects) {
            Map<String, Integer> same = new HashMap<>();
            suspects.forEach(suspect -> same.put(suspect.key(), 1));
            List<Suspect> open = suspects;
            for (int round = 1; round < MOST_LOOKS && !open.isEmpty(); round++) {
                context.waiter().pause(BETWEEN_LOOKS);
                open = round(source, open, same);
            }
            changing += open.size();
        }

        private List<Suspect> round(KeyedSource source, List<Suspect> open, Map<String, Integer> same) {
            List<Suspect> left = new ArrayList<>();
            List<Suspect> rest = open;
            while (!rest.isEmpty()) {
                List<Suspect> part = rest.subList(0, together(source, rest.subList(0, Math.min(rest.size(), 1_000))));
                rest = rest.subList(part.size(), rest.size());
                Map<String, Suspect> still = seen(source, part);
                settled += part.size() - still.size();
                for (Suspect before : part) {
                    Suspect now = still.get(before.key());
                    if (now != null) {
                        sort(before, now, same, left);
                    }
                }
            }
            return left;
        }

        private int together(KeyedSource source, List<Suspect> suspects) {
            List<String> keys = suspects.stream().map(Suspect::key).toList();
            return retry.run("reading " + phase.title(), () -> source.together(keys));
        }

        private Map<String, Suspect> seen(KeyedSource source, List<Suspect> part) {
            List<String> keys = part.stream().map(Suspect::key).toList();
            List<Row> rows = retry.run("reading " + phase.title(), () -> source.find(keys));
            Map<String, Suspect> still = new HashMap<>();
            if (!rows.isEmpty()) {
                look.at(rows).suspects().forEach(suspect -> still.put(suspect.key(), suspect));
            }
            return still;
        }

        private void sort(Suspect before, Suspect now, Map<String, Integer> same, List<Suspect> left) {
            boolean unchanged = before.origin().equals(now.origin());
            int looks = unchanged ? same.merge(now.key(), 1, Integer::sum) : 1;
            same.put(now.key(), looks);
            if (looks >= LOOKS) {
                wrong.add(now);
            } else {
                left.add(now);
            }
        }
    }
}
