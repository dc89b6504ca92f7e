package dev.backfill.validation;

import dev.backfill.connector.WriteStatus;
import java.util.ArrayList;
import java.util.List;

/** Adds up what was seen in some twenty ranges, whose size doubles as more is seen. Used by one thread. */
public final class Ranges {
    private static final int MOST = 20;

    private final List<Verdict.Range> ranges = new ArrayList<>();
    private int batchesEach = 1;
    private int inLast;

    public void add(String from, String to, long compared, Look.Seen seen) {
        long missing = seen.flow().outcomes().stream()
                .mapToLong(outcome -> outcome.count(WriteStatus.MISSING))
                .sum();
        Verdict.Range range =
                new Verdict.Range(from, to, compared, missing, seen.suspects().size());
        if (ranges.isEmpty() || inLast == batchesEach) {
            ranges.add(range);
            inLast = 0;
        } else {
            ranges.set(ranges.size() - 1, plus(ranges.get(ranges.size() - 1), range));
        }
        inLast++;
        if (ranges.size() > MOST) {
            halve();
        }
    }

    public List<Verdict.Range> all() {
        return List.copyOf(ranges);
    }

    /** Joins neighbours; the last one joins its neighbour only if there is an even number of them. */
    private void halve() {
        List<Verdict.Range> pairs = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i += 2) {
            pairs.add(i + 1 < ranges.size() ? plus(ranges.get(i), ranges.get(i + 1)) : ranges.get(i));
        }
        inLast += ranges.size() % 2 == 0 ? batchesEach : 0;
        batchesEach *= 2;
        ranges.clear();
        ranges.addAll(pairs);
    }

    private static Verdict.Range plus(Verdict.Range left, Verdict.Range right) {
        return new Verdict.Range(
                left.from(),
                right.to(),
                left.compared() + right.compared(),
                left.missing() + right.missing(),
                left.differing() + right.differing());
    }
}
