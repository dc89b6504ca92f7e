package dev.backfill.letter;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.SearchableSource;
import dev.backfill.connector.Source;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.RecordSteps;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.SinkChain;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.WriteTurn;
import dev.backfill.retry.Retry;
import dev.backfill.retry.RetryingStore;
import dev.backfill.time.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the records of a phase's dead letters tried again, by the steps and sinks as they are now. What succeeds is taken off
 * the list after its write; what is refused again stays on it. A crash between leaves a letter too many, never one too few.
 */
public final class Retrial {
    private final Source source;
    private final RecordSteps steps;
    private final SinkChain chain;
    private final CheckpointStore store;
    private final Retry retry;
    private final Time time;

    public Retrial(Source source, RecordSteps steps, SinkChain chain, CheckpointStore store, Retry retry, Time time) {
        this.source = source;
        this.steps = steps;
        this.chain = chain;
        this.store = RetryingStore.around(store, retry);
        this.retry = retry;
        this.time = time;
    }

    /** True if the records can be read again by their keys. */
    public boolean readsAgain() {
        return source.traits().searchable().isPresent();
    }

    /** Reads the records once more by their keys. Whose record is gone, is closed. */
    public Tally read(Lease lease, List<DeadLetter> letters) {
        SearchableSource records = source.traits().searchable().orElseThrow();
        List<String> left = letters.stream().map(DeadLetter::key).distinct().toList();
        Tally sum = Tally.none();
        while (!left.isEmpty()) {
            List<String> keys = left;
            int many = retry.run("reading records again by their keys", () -> records.together(keys));
            Set<String> asked = new LinkedHashSet<>(keys.subList(0, many));
            sum = sum.plus(read(
                    lease,
                    letters.stream()
                            .filter(letter -> asked.contains(letter.key()))
                            .toList(),
                    records,
                    List.copyOf(asked)));
            left = keys.subList(many, keys.size());
        }
        return sum;
    }

    private Tally read(Lease lease, List<DeadLetter> letters, SearchableSource records, List<String> keys) {
        Map<String, Row> rows = retry.run("reading records again by their keys", () -> records.findByKey(keys));
        return again(lease, letters, new Restored(rows, Map.of()), true);
    }

    /** Takes the records as the letters contain them; a letter that does not contain all of its record stays on the list. */
    public Tally replay(Lease lease, List<DeadLetter> letters) {
        Restored restored = Restored.of(source, letters);
        return again(lease, letters, restored, false);
    }

    private Tally again(Lease lease, List<DeadLetter> letters, Restored records, boolean closesGone) {
        Map<String, Row> rows = records.rows();
        TransformedBatch prepared = steps.apply(List.copyOf(rows.values()));
        BatchProgress flow = chain.write(BatchProgress.of(prepared.items()), WriteTurn.alone());
        IdentityHashMap<Row, String> keys = new IdentityHashMap<>();
        rows.forEach((key, row) -> keys.put(row, key));
        List<DeadLetter> refused = refused(letters, prepared, flow, keys);
        List<DeadLetter> over = over(letters, rows, refused, closesGone);
        if (!refused.isEmpty()) {
            store.addDeadLetters(lease, refused);
        }
        store.removeDeadLetters(lease, over);
        return tally(letters, records, refused, over);
    }

    /** The letters that are to be there afterwards, with one attempt more. */
    private List<DeadLetter> refused(
            List<DeadLetter> letters,
            TransformedBatch prepared,
            BatchProgress flow,
            IdentityHashMap<Row, String> keys) {
        Map<String, DeadLetter> before = new HashMap<>();
        letters.forEach(letter ->
                before.merge(letter.key(), letter, (one, other) -> one.attempts() > other.attempts() ? one : other));
        DeadLetter any = letters.get(0);
        DeadLetters fresh = new DeadLetters(
                any.run(), any.phase(), row -> keys.getOrDefault(row, readsAgain() ? source.key(row) : ""));
        List<Refusal> refusals = Stream.concat(prepared.refusals().stream(), flow.refusals().stream())
                .toList();
        List<DeadLetter> again = new ArrayList<>();
        for (DeadLetter letter : fresh.of(refusals, time.now())) {
            DeadLetter old = before.getOrDefault(letter.key(), letter);
            again.add(letter.tried(old.attempts() + 1).since(old.first()));
        }
        return again;
    }

    /** The letters that are not needed any more. */
    private static List<DeadLetter> over(
            List<DeadLetter> letters, Map<String, Row> rows, List<DeadLetter> refused, boolean closesGone) {
        Set<List<String>> standing = refused.stream().map(DeadLetter::identity).collect(Collectors.toSet());
        return letters.stream()
                .filter(letter -> !standing.contains(letter.identity()))
                .filter(letter -> rows.containsKey(letter.key()) || (closesGone && gone(letter)))
                .toList();
    }

    /** What could not be read is not gone because it still cannot be read. */
    private static boolean gone(DeadLetter letter) {
        return letter.rejection().kind() != Rejection.Kind.UNREADABLE;
    }

    private static Tally tally(
            List<DeadLetter> letters, Restored records, List<DeadLetter> refused, List<DeadLetter> over) {
        Map<String, Row> rows = records.rows();
        Set<String> standing = refused.stream().map(DeadLetter::key).collect(Collectors.toSet());
        long written =
                rows.keySet().stream().filter(key -> !standing.contains(key)).count();
        long gone = over.stream()
                .map(DeadLetter::key)
                .filter(key -> !rows.containsKey(key))
                .distinct()
                .count();
        long unread = letters.stream()
                .filter(letter -> !rows.containsKey(letter.key()) && !over.contains(letter))
                .map(DeadLetter::key)
                .distinct()
                .count();
        long keys = letters.stream().map(DeadLetter::key).distinct().count();
        return new Tally(keys, written, keys - written - gone - unread, gone, unread, records.skipped());
    }
}
