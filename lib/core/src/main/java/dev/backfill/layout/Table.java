package dev.backfill.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Aligns cells in columns. Numbers are at the right; columns of text shrink to what the screen has, and wrap at words. */
public final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 8;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /** A column and its title; without any title the table has no line of them. */
    public record Column(String title, boolean right, boolean shrinks) {
        public static Column left(String title) {
            return new Column(title, false, true);
        }

        /** Of texts that are never broken, such as times. */
        public static Column fixed(String title) {
            return new Column(title, false, false);
        }

        /** Of numbers; it never shrinks. */
        public static Column right(String title) {
            return new Column(title, true, false);
        }

        private String fill(String text, int width) {
            return right ? DisplayText.right(text, width) : DisplayText.left(text, width);
        }
    }

    public static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    /** As many cells as there are columns. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * @param indent spaces before each line
     */
    public List<String> lines(Screen screen, int indent) {
        int[] widths = widths(screen.width() - indent);
        List<String> lines = new ArrayList<>();
        if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
            line(columns.stream().map(Column::title).toList(), widths, indent)
                    .forEach(title -> lines.add(screen.styled(Style.FAINT, title)));
        }
        rows.forEach(row -> lines.addAll(line(row, widths, indent)));
        return lines;
    }

    private List<String> line(List<String> cells, int[] widths, int indent) {
        List<List<String>> wrapped = IntStream.range(0, widths.length)
                .mapToObj(i -> Wrapping.cell(cells.get(i), widths[i]))
                .toList();
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] == 0) {
                    continue;
                }
                List<String> cell = wrapped.get(i);
                String text = y < cell.size() ? cell.get(y) : "";
                line.append(columns.get(i).fill(text, widths[i])).append(" ".repeat(GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int[] widths(int room) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = cells(i).flatMap(String::lines)
                    .mapToInt(DisplayText::width)
                    .max()
                    .orElse(0);
        }
        shrink(widths, IntStream.range(0, widths.length).map(this::longestWord).toArray(), room);
        shrink(widths, IntStream.generate(() -> NARROWEST).limit(widths.length).toArray(), room);
        return widths;
    }

    /** Takes from the widest column first, and from none more than its least width allows. */
    private void shrink(int[] widths, int[] least, int room) {
        while (total(widths) > room) {
            OptionalInt widest = IntStream.range(0, widths.length)
                    .filter(i -> columns.get(i).shrinks() && widths[i] > Math.max(NARROWEST, least[i]))
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one);
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.getAsInt()]--;
        }
    }

    /** A column without a title and without a text takes no room at all. */
    private static int total(int[] widths) {
        return Arrays.stream(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + GAP)
                        .sum()
                - GAP;
    }

    private int longestWord(int column) {
        return cells(column)
                .flatMap(cell -> Arrays.stream(cell.split("\\s")))
                .mapToInt(DisplayText::width)
                .max()
                .orElse(0);
    }

    private Stream<String> cells(int column) {
        return Stream.concat(
                Stream.of(columns.get(column).title()), rows.stream().map(row -> row.get(column)));
    }
}
