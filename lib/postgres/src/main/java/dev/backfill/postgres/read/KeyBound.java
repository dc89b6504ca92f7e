package dev.backfill.postgres.read;

import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Comparison.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A condition for the rows on one side of a key, which the key's index answers.
 *
 * @param sql without a leading "and"
 * @param parts which part of the key each of its values is, in the order of the statement
 */
record KeyBound(String sql, List<Integer> parts) {
    /** On which side of the key the rows are. */
    enum Side {
        AFTER(Operator.GREATER, Operator.GREATER, Operator.GREATER_OR_EQUAL),
        FROM(Operator.GREATER_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL),
        UP_TO(Operator.LESS_OR_EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL);

        private final Operator whole;
        private final Operator strict;
        private final Operator leading;

        Side(Operator whole, Operator strict, Operator leading) {
            this.whole = whole;
            this.strict = strict;
            this.leading = leading;
        }
    }

    /**
     * @param value the expression for a part of the key
     */
    static KeyBound of(Side side, List<Column> key, IntFunction<String> value) {
        List<Integer> parts = new ArrayList<>();
        IntFunction<String> noted = part -> {
            parts.add(part);
            return value.apply(part);
        };
        String sql = oneOperator(side, key) ? row(side, key, noted) : columns(side, key, noted);
        return new KeyBound(sql, List.copyOf(parts));
    }

    /** The operator of a comparison of rows is looked up for each column, but only in the one schema that is named. */
    private static boolean oneOperator(Side side, List<Column> key) {
        return key.stream()
                        .map(each -> each.comparison().operator(side.whole))
                        .distinct()
                        .count()
                == 1;
    }

    private static String row(Side side, List<Column> key, IntFunction<String> value) {
        String names = key.stream().map(Column::sql).collect(Collectors.joining(", "));
        String values = IntStream.range(0, key.size()).mapToObj(value).collect(Collectors.joining(", "));
        return "(" + names + ") " + key.get(0).comparison().operator(side.whole) + " (" + values + ")";
    }

    /** The first column bounds the index; the others decide where it is the same. */
    private static String columns(Side side, List<Column> key, IntFunction<String> value) {
        return compared(side.leading, key, 0, value) + " and " + rest(side, key, 0, value);
    }

    private static String rest(Side side, List<Column> key, int part, IntFunction<String> value) {
        if (part == key.size() - 1) {
            return compared(side.whole, key, part, value);
        }
        return "(" + compared(side.strict, key, part, value) + " or (" + compared(Operator.EQUAL, key, part, value)
                + " and " + rest(side, key, part + 1, value) + "))";
    }

    private static String compared(Operator operator, List<Column> key, int part, IntFunction<String> value) {
        Column column = key.get(part);
        return column.sql() + " " + column.comparison().operator(operator) + " " + value.apply(part);
    }
}
