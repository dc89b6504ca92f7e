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
 * What became of each record of one write, in their order: so the sum over all statuses is always the number of records
 * given. Built by one thread, then read-only.
 */
public final class WriteResult {
    private final WriteStatus[] statuses;
    private final Row[] records;
    private final BitSet gone = new BitSet();
    private final BitSet added = new BitSet();
    private final BitSet altered = new BitSet();
    private final Map<Integer, Rejection> reasons = new TreeMap<>();
    private Optional<String> position = Optional.empty();

    private WriteResult(List<Row> records, WriteStatus status) {
        this.records = records.toArray(Row[]::new);
        this.statuses = new WriteStatus[this.records.length];
        Arrays.fill(statuses, status);
    }

    /** Starts with the same status for all. */
    public static WriteResult of(List<Row> records, WriteStatus status) {
        return new WriteResult(records, status);
    }

    public WriteResult status(int index, WriteStatus status) {
        statuses[index] = status;
        return this;
    }

    /** Refused because of a value. */
    public WriteResult rejected(int index, String reason) {
        return rejected(index, new Rejection(Rejection.Kind.UNFIT_VALUE, reason));
    }

    public WriteResult rejected(int index, Rejection rejection) {
        reasons.put(index, rejection);
        return status(index, WriteStatus.REJECTED);
    }

    /** Nothing to change in the target any more, so that the sinks after this one do not get the record either. */
    public WriteResult skipDownstream(int index) {
        gone.set(index);
        return status(index, WriteStatus.MISSING);
    }

    /** Written, and nothing was there before. */
    public WriteResult added(int index) {
        added.set(index);
        return status(index, WriteStatus.WRITTEN);
    }

    /** Written, but the target's own rules gave it other values than were sent. */
    public WriteResult altered(int index) {
        altered.set(index);
        return this;
    }

    /** Where a target that grows stands after this write. */
    public WriteResult at(String reached) {
        position = Optional.of(reached);
        return this;
    }

    /** True if the sinks after this one get the record. */
    public boolean continues(int index) {
        return statuses[index] != WriteStatus.REJECTED && !gone.get(index);
    }

    /** The record as the sinks after this one get it, with what the target holds now. */
    public WriteResult record(int index, Row record) {
        records[index] = record;
        return this;
    }

    /**
     * Takes over what another write says of the same record. What an earlier one has written counts as written, though there
     * is nothing more to change.
     */
    public WriteResult merge(int index, WriteResult more, int place) {
        boolean before = statuses[index] == WriteStatus.WRITTEN && more.statuses[place] == WriteStatus.UNCHANGED;
        statuses[index] = before ? WriteStatus.WRITTEN : more.statuses[place];
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
    public WriteResult plus(WriteResult more) {
        List<Row> all = Stream.concat(Arrays.stream(records), Arrays.stream(more.records))
                .toList();
        WriteResult sum = new WriteResult(all, WriteStatus.UNCHANGED);
        for (int i = 0; i < all.size(); i++) {
            WriteResult from = i < size() ? this : more;
            int index = i < size() ? i : i - size();
            sum.statuses[i] = from.statuses[index];
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
        return statuses.length;
    }

    public WriteStatus status(int index) {
        return statuses[index];
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

    public long count(WriteStatus status) {
        long count = 0;
        for (WriteStatus each : statuses) {
            count += each == status ? 1 : 0;
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
                .filter(index -> some.get(index) && statuses[index] == WriteStatus.WRITTEN)
                .count();
    }

    /** Where a target that grows stands after this write; nothing for all others. */
    public Optional<String> position() {
        return position;
    }
}
