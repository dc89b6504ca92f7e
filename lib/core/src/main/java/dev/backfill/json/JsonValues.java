package dev.backfill.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.backfill.connector.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plain values from JSON and to it, without loss: texts, numbers, truths, null, lists, and maps in their order. */
public final class JsonValues {
    private static final JsonFactory FACTORY = JsonLimits.factory();

    private JsonValues() {}

    /** How a number with a fraction is read. */
    @FunctionalInterface
    public interface Fraction {
        Number at(JsonParser in) throws IOException;
    }

    /** The value at which the parser stands: a whole number is a Long where it fits, any other number exact. */
    public static @Nullable Object read(JsonParser in) throws IOException {
        return read(in, JsonParser::getDecimalValue);
    }

    /** The same, with another form of numbers that have a fraction. */
    public static @Nullable Object read(JsonParser in, Fraction fraction) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? in.getBigIntegerValue()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> fraction.at(in);
            case START_ARRAY -> list(in, fraction);
            case START_OBJECT -> map(in, fraction);
            default -> null;
        };
    }

    private static List<@Nullable Object> list(JsonParser in, Fraction fraction) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in, fraction));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonParser in, Fraction fraction) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            map.put(name, read(in, fraction));
        }
        return map;
    }

    /** Times and uuids become texts; {@link IllegalArgumentException} for a value that JSON has no form for. */
    public static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence || value instanceof UUID) {
            out.writeString(value.toString());
        } else if (value instanceof TemporalAccessor time) {
            out.writeString(time(time));
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof Iterable<?> list) {
            list(out, list);
        } else if (value instanceof Row row) {
            row(out, row);
        } else if (value instanceof Map<?, ?> map) {
            map(out, map);
        } else {
            throw new IllegalArgumentException(
                    "JSON has no form for a " + value.getClass().getSimpleName());
        }
    }

    /** Always with seconds, which Java's own texts leave out when there are none. */
    private static String time(TemporalAccessor time) {
        if (time instanceof LocalTime) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
        } else if (time instanceof OffsetTime) {
            return DateTimeFormatter.ISO_OFFSET_TIME.format(time);
        } else if (time instanceof LocalDateTime) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        } else if (time instanceof OffsetDateTime) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        return time instanceof ZonedDateTime ? DateTimeFormatter.ISO_ZONED_DATE_TIME.format(time) : time.toString();
    }

    private static void number(JsonGenerator out, Number number) throws IOException {
        if (number instanceof BigInteger large) {
            out.writeNumber(large);
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException(number + " is no number in JSON");
            }
            out.writeNumber(number.doubleValue());
        } else {
            out.writeNumber(number.longValue());
        }
    }

    private static void list(JsonGenerator out, Iterable<?> list) throws IOException {
        out.writeStartArray();
        for (Object each : list) {
            write(out, each);
        }
        out.writeEndArray();
    }

    private static void map(JsonGenerator out, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    /** The texts in its columns of JSON are written as what they say. */
    private static void row(JsonGenerator out, Row row) throws IOException {
        out.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            String name = row.columns().names().get(i);
            out.writeFieldName(name);
            if (row.columns().json().contains(name)) {
                json(out, row.at(i));
            } else {
                write(out, row.at(i));
            }
        }
        out.writeEndObject();
    }

    private static void json(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object each : list) {
                json(out, each);
            }
            out.writeEndArray();
        } else if (value instanceof CharSequence text) {
            write(out, parsed(text.toString()));
        } else {
            write(out, value);
        }
    }

    /** What the text says; the text itself if it is not JSON. */
    private static @Nullable Object parsed(String text) {
        try (JsonParser in = FACTORY.createParser(text)) {
            return WholeJson.read(in);
        } catch (IOException e) {
            return text;
        }
    }
}
