package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A split as its row.
 *
 * @param phase counts the phases from 1
 * @param after nothing: the start
 * @param cursor nothing: the start
 */
record SplitRow(
        int phase,
        int ordinal,
        Optional<String> after,
        Optional<String> upTo,
        Optional<String> cursor,
        long rows,
        OptionalLong expected,
        WorkStatus state,
        long epoch) {
    /** What distinguishes a split from the others of its run. */
    record Key(int phase, int ordinal) {}

    Key key() {
        return new Key(phase, ordinal);
    }

    static List<SplitRow> of(RunState run) {
        return IntStream.range(0, run.phases().size())
                .boxed()
                .flatMap(i -> run.phases().get(i).splits().stream().map(split -> row(i + 1, split)))
                .toList();
    }

    static RunState without(RunState run) {
        return with(run, List.of());
    }

    static RunState with(RunState run, List<SplitRow> rows) {
        RunState whole = run;
        for (int i = 0; i < run.phases().size(); i++) {
            int phase = i + 1;
            List<SplitState> splits = rows.stream()
                    .filter(row -> row.phase == phase)
                    .map(SplitRow::split)
                    .toList();
            whole = whole.with(i, run.phases().get(i).withSplits(splits));
        }
        return whole;
    }

    private static SplitRow row(int phase, SplitState at) {
        return new SplitRow(
                phase,
                at.split().ordinal(),
                text(at.split().after()),
                at.split().upTo().flatMap(SplitRow::text),
                text(at.cursor()),
                at.rows(),
                at.split().rows(),
                at.status(),
                at.epoch());
    }

    private SplitState split() {
        Split split = new Split(ordinal, cursor(after), upTo.map(Cursor::after), expected);
        return new SplitState(split, cursor(cursor), rows, state, epoch);
    }

    private static Optional<String> text(Cursor cursor) {
        return cursor.atStart() ? Optional.empty() : Optional.of(cursor.text());
    }

    private static Cursor cursor(Optional<String> text) {
        return text.map(Cursor::after).orElseGet(Cursor::start);
    }
}
