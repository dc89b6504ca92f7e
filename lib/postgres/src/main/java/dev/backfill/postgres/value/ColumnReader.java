package dev.backfill.postgres.value;

import dev.backfill.connector.Columns;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.ColumnType;
import dev.backfill.postgres.catalog.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as Java knows them: whole numbers as Integer or Long, numeric and money as BigDecimal, timestamptz as OffsetDateTime
 * in UTC, timestamp as LocalDateTime, date as LocalDate, uuid as UUID, bytea as bytes, char without the
 * blanks that fill it up, an array as a List, all else as text.
 */
public final class ColumnReader {
    private ColumnReader() {}

    /** The names, and which of them have JSON or arrays of it. */
    public static Columns columns(List<Column> columns) {
        return Columns.of(columns.stream().map(Column::name).toList())
                .withJson(columns.stream()
                        .filter(each ->
                                each.type().element().orElse(each.type()).kind() == Kind.JSON)
                        .map(Column::name)
                        .collect(Collectors.toSet()));
    }

    /** The values of the current row, the first from column {@code from}, which counts from 1. */
    public static @Nullable Object[] row(ResultSet rows, List<Column> columns, int from) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(rows, from + i, columns.get(i).type());
        }
        return values;
    }

    private static @Nullable Object value(ResultSet rows, int at, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC, MONEY, FLOAT, BOOLEAN, UUID -> rows.getObject(at);
            case TEXT, INTERVAL, JSON, OTHER -> rows.getString(at);
            case TIMESTAMPTZ -> rows.getObject(at, OffsetDateTime.class);
            case TIMESTAMP -> rows.getObject(at, LocalDateTime.class);
            case DATE -> rows.getObject(at, LocalDate.class);
            case TIME -> rows.getObject(at, LocalTime.class);
            case BYTES -> rows.getBytes(at);
            case CHAR, TIMETZ -> parsed(rows.getString(at), type);
            case ARRAY -> array(rows.getString(at), type.element().orElse(type));
        };
    }

    private static @Nullable Object parsed(@Nullable String text, ColumnType type) {
        return text == null ? null : ElementText.value(type, text);
    }

    private static @Nullable List<?> array(@Nullable String text, ColumnType element) {
        return text == null ? null : new ServerArray(text, element);
    }
}
