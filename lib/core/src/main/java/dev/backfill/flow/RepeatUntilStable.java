package dev.backfill.flow;

import dev.backfill.connector.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at records again after they were written, until nothing differs: what they were looked up from may have changed
 * between the look and the write.
 */
public final class RepeatUntilStable {
    /** More rounds than any writer needs to come to rest; what still changes then is changing for good. */
    private static final int ROUNDS = 10;

    private final RecordSteps steps;
    private final SinkChain chain;

    public RepeatUntilStable(RecordSteps steps, SinkChain chain) {
        this.steps = steps;
        this.chain = chain;
    }

    /** The batch with all that was written on top. */
    public WrittenBatch repeat(WrittenBatch batch) {
        WrittenBatch all = batch;
        List<RecordPair> written = batch.progress().written();
        for (int round = 0; round < ROUNDS && !written.isEmpty(); round++) {
            TransformedBatch again = steps.again(
                    written.stream().map(RepeatUntilStable::asHeldNow).toList());
            BatchProgress more = chain.write(BatchProgress.of(again.items()), WriteTurn.alone());
            all = plus(all, again, more);
            written = more.written();
        }
        return all;
    }

    /** The record as the source would give it after the write. */
    private static RecordPair asHeldNow(RecordPair written) {
        Map<String, Object> held = new HashMap<>();
        written.value().forEach((name, value) -> {
            if (written.origin().containsKey(name)) {
                held.put(name, value);
            }
        });
        Row now = written.origin().with(held);
        return new RecordPair(now, now);
    }

    /** Counts what a round has written on top, as records made beyond those that were read. */
    private static WrittenBatch plus(WrittenBatch all, TransformedBatch again, BatchProgress more) {
        TransformedBatch first = all.transformed();
        List<RecordPair> items = join(first.items(), again.items());
        Map<String, Long> counts = new TreeMap<>(first.counts());
        again.counts().forEach((name, number) -> counts.merge(name, number, Long::sum));
        TransformedBatch sum = new TransformedBatch(
                items,
                first.read(),
                first.excluded(),
                first.extra() + again.items().size() + again.refusals().size(),
                join(first.refusals(), again.refusals()),
                counts,
                first.details());
        return new WrittenBatch(all.batch(), sum, all.progress().plus(more), all.took());
    }

    public static <T> List<T> join(List<T> left, List<T> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
