package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.json.JsonValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of documents as JSON, without loss; what JSON or Typesense has no form for is refused. */
final class DocumentValues {
    private DocumentValues() {}

    /** {@link UnsendableException} for a value that Typesense would change or has no type for. */
    static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof Iterable<?> list) {
            array(out, list);
        } else if (value instanceof Map<?, ?> map) {
            object(out, map);
        } else {
            throw UnsendableException.unknown(value);
        }
    }

    private static void number(JsonGenerator out, Number number) throws IOException {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.writeNumber(number.longValue());
        } else if (number instanceof BigInteger large) {
            out.writeNumber(fitting(large));
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof Double || number instanceof Float) {
            out.writeNumber(finite(number.doubleValue()));
        } else {
            throw UnsendableException.unknown(number);
        }
    }

    /** The server takes a number of 64 bits without a sign for an int64 too, and then holds another one. */
    private static long fitting(BigInteger large) {
        if (large.bitLength() >= Long.SIZE) {
            throw new UnsendableException("the number " + large + " does not fit 64 bits");
        }
        return large.longValue();
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new UnsendableException(number + " is no number in JSON");
        }
        return number;
    }

    private static void array(JsonGenerator out, Iterable<?> list) throws IOException {
        out.writeStartArray();
        for (Object each : list) {
            write(out, each);
        }
        out.writeEndArray();
    }

    private static void object(JsonGenerator out, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    /** The value at which the parser stands; a whole number as Long, or as BigInteger where that is too small. */
    static @Nullable Object read(JsonParser in) throws IOException {
        return JsonValues.read(in, JsonParser::getDoubleValue);
    }
}
