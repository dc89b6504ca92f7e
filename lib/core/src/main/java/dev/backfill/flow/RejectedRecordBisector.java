package dev.backfill.flow;

import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Writes records to a target that refuses all of them because of a few: finds those few, and writes all others. Whom the
 * target accuses is tried first; where it accuses nobody, the records are halved. Records of the same key stay in their order.
 */
final class RejectedRecordBisector {
    /** Where more than one in so many is refused, searching costs more than going row by row. */
    private static final int CROWDED = 20;

    private final List<Row> records;
    private final Function<List<Row>, WriteResult> write;
    private final WriteResult all;
    private int refused;

    private RejectedRecordBisector(List<Row> records, Function<List<Row>, WriteResult> write) {
        this.records = records;
        this.write = write;
        this.all = WriteResult.of(records, WriteStatus.UNCHANGED);
    }

    /**
     * @param write writes some of the records or, with a {@link RejectedFailure}, none of them; it may get a record twice
     */
    static WriteResult write(List<Row> records, Function<List<Row>, WriteResult> write) {
        try {
            return write.apply(records);
        } catch (RejectedFailure failure) {
            return after(failure, records, write);
        }
    }

    /**
     * The same for records that were rejected together.
     *
     * @param write as above; it gets fewer records after an {@link OversizedFailure}
     */
    static WriteResult after(RejectedFailure failure, List<Row> records, Function<List<Row>, WriteResult> write) {
        RejectedRecordBisector search = new RejectedRecordBisector(records, write);
        List<Integer> places = IntStream.range(0, records.size()).boxed().toList();
        search.put(search.leftAfter(failure, places));
        return search.all;
    }

    /** A loop and no recursion: there may be many to accuse, one after the other. */
    private void put(List<Integer> places) {
        List<Integer> left = places;
        while (!left.isEmpty()) {
            if (crowded()) {
                rowByRow(left);
                return;
            }
            left = tried(left);
        }
    }

    /** Those that are still to be written. */
    private List<Integer> tried(List<Integer> places) {
        try {
            take(places);
            return List.of();
        } catch (RejectedFailure failure) {
            return leftAfter(failure, places);
        } catch (OversizedFailure tooLarge) {
            put(places.subList(0, places.size() / 2));
            return places.subList(places.size() / 2, places.size());
        }
    }

    private List<Integer> leftAfter(RejectedFailure failure, List<Integer> places) {
        if (places.size() == 1) {
            refuse(places.get(0), failure);
        } else if (guilty(places, failure)) {
            return others(places);
        } else {
            halve(places);
        }
        return List.of();
    }

    /** True if one of those accused is refused without the others. */
    private boolean guilty(List<Integer> places, RejectedFailure failure) {
        List<Integer> suspects =
                failure.suspects().stream().map(places::get).distinct().sorted().toList();
        if (suspects.isEmpty() || suspects.size() == places.size()) {
            return false;
        }
        int before = refused;
        put(suspects);
        return refused > before;
    }

    private void halve(List<Integer> places) {
        int middle = places.size() / 2;
        int before = refused;
        put(places.subList(0, middle));
        List<Integer> rest = places.subList(middle, places.size());
        if (refused == before && rest.size() > 1) {
            halve(rest); // who was refused must be among them
        } else {
            put(rest);
        }
    }

    /** In steps that grow where nobody is refused. */
    private void rowByRow(List<Integer> places) {
        int step = 1;
        for (int at = 0; at < places.size(); ) {
            List<Integer> part = places.subList(at, Math.min(places.size(), at + step));
            try {
                take(part);
                at += part.size();
                step *= 2;
            } catch (RejectedFailure failure) {
                if (part.size() == 1) {
                    refuse(part.get(0), failure);
                    at++;
                }
                step = 1;
            } catch (OversizedFailure tooLarge) {
                step = Math.max(1, part.size() / 2);
            }
        }
    }

    private boolean crowded() {
        return refused * CROWDED > records.size();
    }

    private List<Integer> others(List<Integer> places) {
        return places.stream()
                .filter(place -> all.status(place) != WriteStatus.REJECTED)
                .toList();
    }

    private void take(List<Integer> places) {
        WriteResult outcome = write.apply(places.stream().map(records::get).toList());
        for (int i = 0; i < places.size(); i++) {
            all.merge(places.get(i), outcome, i);
        }
    }

    private void refuse(int place, RejectedFailure failure) {
        all.rejected(place, failure.rejection());
        refused++;
    }
}
