package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.control.LiveStatus;
import dev.backfill.layout.Bar;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.words.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Shows how far each phase of a run is.
 *
 * @param pulse of the process that works on it now; nothing if none does
 */
record PhaseTable(RunState run, Optional<LiveStatus> pulse) {
    private static final int WIDE = 120;

    /** On a narrow screen with shorter bars, and without the batches. */
    Table table(Screen screen) {
        boolean wide = screen.width() >= WIDE;
        List<Column> columns = new ArrayList<>(List.of(
                Column.left("phase"),
                Column.left("state"),
                Column.right("done"),
                Column.right("read"),
                Column.right("of about"),
                Column.right("rate"),
                Column.right("time left")));
        if (wide) {
            columns.add(Column.right("batches"));
        }
        Table table = Table.of(columns.toArray(Column[]::new));
        run.phases().forEach(phase -> table.row(cells(phase, wide).toArray(String[]::new)));
        return table;
    }

    private List<String> cells(PhaseState phase, boolean wide) {
        boolean begun = !phase.splits().isEmpty();
        List<String> cells = new ArrayList<>(List.of(
                phase.name(),
                state(phase),
                done(phase, wide ? 20 : 6),
                begun ? Figures.count(phase.read()) : "",
                expected(phase).isPresent()
                        ? Figures.count(Quantity.rounded(expected(phase).getAsLong()))
                        : "",
                rate(phase).isPresent() ? Figures.count(Math.round(rate(phase).getAsDouble())) + "/s" : "",
                left(phase).map(Figures::time).orElse("")));
        if (wide) {
            cells.add(begun ? Figures.count(phase.batches()) : "");
        }
        return cells;
    }

    /** Work that nobody does now is unfinished. */
    private String state(PhaseState phase) {
        return phase.status() == WorkStatus.RUNNING && pulse.isEmpty()
                ? "unfinished"
                : phase.status().toString().toLowerCase(Locale.ROOT);
    }

    private static String done(PhaseState phase, int bar) {
        OptionalDouble share = share(phase);
        return share.isEmpty()
                ? ""
                : Bar.of(share.getAsDouble(), bar) + " " + String.format("%5s", Figures.percent(share.getAsDouble()));
    }

    /** From 0 to 1; nothing if it cannot be known. */
    static OptionalDouble share(PhaseState phase) {
        if (phase.status() == WorkStatus.DONE) {
            return OptionalDouble.of(1);
        } else if (phase.splits().isEmpty() || phase.expected().isEmpty()) {
            return OptionalDouble.empty();
        }
        long expected = phase.expected().getAsLong();
        return OptionalDouble.of(expected == 0 ? 0 : (double) phase.read() / expected);
    }

    /** What is still to come is an estimate; afterwards what was read is all. */
    private static OptionalLong expected(PhaseState phase) {
        return phase.status() == WorkStatus.DONE || phase.splits().isEmpty() ? OptionalLong.empty() : phase.expected();
    }

    /** The same for programs. */
    Map<String, Object> object(PhaseState phase) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("phase", phase.name());
        object.put("total", phase.status() == WorkStatus.DONE ? OptionalLong.of(phase.read()) : expected(phase));
        object.put("share", share(phase));
        object.put("rate", rate(phase));
        object.put("secondsLeft", left(phase).map(Duration::toSeconds));
        return object;
    }

    private OptionalDouble rate(PhaseState phase) {
        return phase.status() == WorkStatus.RUNNING
                ? pulse.map(LiveStatus::rate).orElse(OptionalDouble.empty())
                : OptionalDouble.empty();
    }

    /** How long a phase that is worked on will take; nothing if it cannot be known. */
    Optional<Duration> left(PhaseState phase) {
        OptionalLong expected = expected(phase);
        double rate = rate(phase).orElse(0);
        return expected.isPresent() && rate > 0
                ? Optional.of(Duration.ofMillis(Math.round((expected.getAsLong() - phase.read()) / rate * 1_000)))
                : Optional.empty();
    }
}
