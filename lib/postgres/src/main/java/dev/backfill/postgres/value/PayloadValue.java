package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes of a value in a dead letter's JSON the value that {@link ColumnReader} gives for a column of its type. */
public final class PayloadValue {
    private PayloadValue() {}

    /** {@link IllegalArgumentException} if the column cannot have given it. */
    public static @Nullable Object of(ColumnType type, @Nullable Object json) {
        if (json == null) {
            return null;
        }
        try {
            return json instanceof List<?> elements && type.element().isPresent()
                    ? list(type.element().get(), elements)
                    : value(type, json);
        } catch (ArithmeticException | DateTimeException | NumberFormatException | ClassCastException e) {
            throw new IllegalArgumentException("a value of the dead letter is not of the type " + type, e);
        }
    }

    private static List<@Nullable Object> list(ColumnType element, List<?> elements) {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(each -> list.add(each instanceof List<?> inner ? list(element, inner) : of(element, each)));
        return Collections.unmodifiableList(list);
    }

    private static Object value(ColumnType type, Object json) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER -> decimal(json).intValueExact();
            case BIGINT -> decimal(json).longValueExact();
            case NUMERIC, MONEY -> NumberText.NOT_FINITE.contains(json) ? Double.valueOf((String) json) : decimal(json);
            case FLOAT ->
                type.name().equals("real") ? (Object) Float.valueOf(json.toString()) : Double.valueOf(json.toString());
            case BOOLEAN -> (Boolean) json;
            case UUID -> UUID.fromString((String) json);
            case TIMESTAMPTZ -> OffsetDateTime.parse((String) json);
            case TIMESTAMP -> LocalDateTime.parse((String) json);
            case DATE -> LocalDate.parse((String) json);
            case TIME -> LocalTime.parse((String) json);
            case TIMETZ -> OffsetTime.parse((String) json);
            case BYTES -> Base64.getDecoder().decode((String) json);
            case TEXT, CHAR, INTERVAL, JSON, ARRAY, OTHER -> (String) json;
        };
    }

    private static BigDecimal decimal(Object json) {
        if (json instanceof BigInteger large) {
            return new BigDecimal(large);
        }
        return json instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) json;
    }
}
