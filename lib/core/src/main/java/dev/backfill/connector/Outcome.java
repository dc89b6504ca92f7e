package dev.backfill.connector;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of each record of one write, in their order: so the sum over all fates is always the number of records
 * given. Built by one thread, then read-only.
 */
public final class Outcome {
    private final WriteStatus[] fates;
    private final Row[] records;
    private final BitSet gone = new BitSet();
    private final BitSet added = new BitSet();
    private final BitSet altered = new BitSet();
    private final Map<Integer, Rejection> reasons = new TreeMap<>();
    private Optional<String> position = Optional.empty();

    private Outcome(List<Row> records, WriteStatus fate) {
        this.records = records.toArray(Row[]::new);
        this.fates = new WriteStatus[this.records.length];
        Arrays.fill(fates, fate);
    }

    /** Starts with the same fate for all. */
    public static Outcome of(List<Row> records, WriteStatus fate) {
        return new Outcome(records, fate);
    }

    public Outcome status(int index, WriteStatus fate) {
        fates[index] = fate;
        return this;
    }

    /** Refused because of a value. */
    public Outcome rejected(int index, String reason) {
        return rejected(index, new Rejection(Rejection.Kind.UNFIT_VALUE, reason));
    }

    public Outcome rejected(int index, Rejection rejection) {
        reasons.put(index, rejection);
        return fate(index, WriteStatus.REJECTED);
    }

    /** Nothing to change in the target any more, so that the sinks after this one do not get the record either. */
    public Outcome gone(int index) {
        gone.set(index);
        return fate(index, WriteStatus.MISSING);
    }

    /** Written, and nothing was there before. */
    public Outcome added(int index) {
        added.set(index);
        return fate(index, WriteStatus.WRITTEN);
    }

    /** Written, but the target's own rules gave it other values than were sent. */
    public Outcome altered(int index) {
        altered.set(index);
        return this;
    }

    /** Where a target that grows stands after this write. */
    public Outcome at(String reached) {
        position = Optional.of(reached);
        return this;
    }

    /** True if the sinks after this one get the record. */
    public boolean passesOn(int index) {
        return fates[index] != WriteStatus.REJECTED && !gone.get(index);
    }

    /** The record as the sinks after this one get it, with what the target holds now. */
    public Outcome record(int index, Row record) {
        records[index] = record;
        return this;
    }

    /**
     * Takes over what another write says of the same record. What an earlier one has written counts as written, though there
     * is nothing more to change.
     */
    public Outcome again(int index, Outcome more, int place) {
        boolean before = fates[index] == WriteStatus.WRITTEN && more.fates[place] == WriteStatus.UNCHANGED;
        fates[index] = before ? WriteStatus.WRITTEN : more.fates[place];
        records[index] = more.records[place];
        gone.set(index, more.gone.get(place));
        added.set(index, more.added.get(place) || (before && added.get(index)));
        altered.set(index, more.altered.get(place) || (before && altered.get(index)));
        position = more.position.or(() -> position);
        if (more.reasons.containsKey(place)) {
            reasons.put(index, more.rejection(place));
        }
        return this;
    }

    /** Both outcomes, this one's records first. */
    public Outcome plus(Outcome more) {
        List<Row> all = Stream.concat(Arrays.stream(records), Arrays.stream(more.records))
                .toList();
        Outcome sum = new Outcome(all, WriteStatus.UNCHANGED);
        for (int i = 0; i < all.size(); i++) {
            Outcome from = i < size() ? this : more;
            int index = i < size() ? i : i - size();
            sum.fates[i] = from.fates[index];
            sum.gone.set(i, from.gone.get(index));
            sum.added.set(i, from.added.get(index));
            sum.altered.set(i, from.altered.get(index));
            if (from.reasons.containsKey(index)) {
                sum.reasons.put(i, from.rejection(index));
            }
        }
        sum.position = more.position.or(() -> position);
        return sum;
    }

    public int size() {
        return fates.length;
    }

    public WriteStatus status(int index) {
        return fates[index];
    }

    public Row record(int index) {
        return records[index];
    }

    /** Why the record was refused; empty if it was not. */
    public String reason(int index) {
        return rejection(index).reason();
    }

    /** Why the record was refused; without words if it was not. */
    public Rejection rejection(int index) {
        return reasons.getOrDefault(index, new Rejection(Rejection.Kind.OTHER, ""));
    }

    public long count(WriteStatus fate) {
        long count = 0;
        for (WriteStatus each : fates) {
            count += each == fate ? 1 : 0;
        }
        return count;
    }

    /** How many were written where nothing had been before. */
    public long countAdded() {
        return countWritten(added);
    }

    /** True if the record was written with other values than were sent. */
    public boolean isAltered(int index) {
        return altered.get(index);
    }

    /** How many of those written hold other values than were sent. */
    public long countAltered() {
        return countWritten(altered);
    }

    private long countWritten(BitSet some) {
        return IntStream.range(0, size())
                .filter(index -> some.get(index) && fates[index] == WriteStatus.WRITTEN)
                .count();
    }

    /** Where a target that grows stands after this write; nothing for all others. */
    public Optional<String> position() {
        return position;
    }
}
