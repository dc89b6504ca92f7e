package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.ColumnType;
import dev.backfill.postgres.catalog.Kind;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Reads values as Java knows them: whole numbers as Integer or Long, numeric as BigDecimal, timestamptz as OffsetDateTime
 * in UTC, timestamp as LocalDateTime, date as LocalDate, uuid as UUID, bytea as bytes, an array as a List, all else as text.
 */
public final class ColumnReader {
    private ColumnReader() {}

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
            case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT, BOOLEAN, UUID -> rows.getObject(at);
            case TEXT, CHAR, JSON, OTHER -> rows.getString(at);
            case TIMESTAMPTZ -> rows.getObject(at, OffsetDateTime.class);
            case TIMESTAMP -> rows.getObject(at, LocalDateTime.class);
            case DATE -> rows.getObject(at, LocalDate.class);
            case TIME -> rows.getObject(at, LocalTime.class);
            case TIMETZ -> rows.getObject(at, OffsetTime.class);
            case BYTES -> rows.getBytes(at);
            case ARRAY -> list(rows.getArray(at), type.element().orElse(type).kind());
        };
    }

    private static @Nullable List<?> list(@Nullable Array array, Kind kind) throws SQLException {
        return array == null ? null : list((@Nullable Object[]) array.getArray(), kind);
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements, Kind kind) {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object each : elements) {
            list.add(each instanceof Object[] inner ? list(inner, kind) : element(each, kind));
        }
        return Collections.unmodifiableList(list);
    }

    /** The driver gives elements of arrays in older types than it gives values alone. */
    private static @Nullable Object element(@Nullable Object value, Kind kind) {
        if (value instanceof Timestamp time) {
            return kind == Kind.TIMESTAMPTZ ? time.toInstant().atOffset(ZoneOffset.UTC) : time.toLocalDateTime();
        } else if (value instanceof Date day) {
            return day.toLocalDate();
        } else if (value instanceof Time time) {
            return time.toLocalTime();
        }
        return value instanceof PGobject other ? other.getValue() : value;
    }
}
