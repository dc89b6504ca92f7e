package dev.backfill.foundationdb.value;

import dev.backfill.words.Nearest;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a field of a JSON value must hold. Null is nothing, whatever the type, and so is a uuid of zeros. */
public enum FieldType {
    ANY {
        @Override
        Object read(Object json) {
            return json;
        }
    },
    TEXT {
        @Override
        Object read(Object json) {
            return text(json, "a text");
        }
    },
    INT {
        @Override
        Object read(Object json) {
            if (json instanceof Integer whole) {
                return whole.longValue();
            } else if (json instanceof Long || json instanceof BigInteger) {
                return json;
            }
            throw unfit("a whole number", json);
        }
    },
    UUID {
        @Override
        @Nullable
        Object read(Object json) {
            String text = text(json, "a uuid");
            try {
                java.util.UUID uuid = java.util.UUID.fromString(text);
                if (uuid.toString().equalsIgnoreCase(text)) {
                    return uuid.equals(NONE) ? null : uuid;
                }
            } catch (IllegalArgumentException e) {
                throw unfit("a uuid", json, e);
            }
            throw unfit("a uuid", json);
        }
    },
    TIME {
        @Override
        Object read(Object json) {
            try {
                return OffsetDateTime.parse(text(json, "a time")).toInstant();
            } catch (DateTimeException e) {
                throw unfit("a time such as 2026-01-31T12:00:00Z", json, e);
            }
        }
    };

    /** What Go writes where no uuid was set. */
    private static final java.util.UUID NONE = new java.util.UUID(0, 0);

    private static final int LONGEST = 60;

    /** What the JSON value says. {@link IllegalArgumentException} if it is of another kind. */
    abstract @Nullable Object read(Object json);

    /** The type that a script calls so. {@link IllegalArgumentException} if there is none. */
    public static FieldType called(String name) {
        List<String> names = Arrays.stream(values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("unknown type '" + name + "'" + Nearest.hint(name, names)
                    + " (there are: " + String.join(", ", names) + ")");
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String text(Object json, String expected) {
        if (json instanceof String text) {
            return text;
        }
        throw unfit(expected, json);
    }

    private static IllegalArgumentException unfit(String expected, Object json, Throwable... cause) {
        String shown = String.valueOf(json);
        String brief = shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
        return new IllegalArgumentException("is not " + expected + ": " + brief, cause.length == 0 ? null : cause[0]);
    }
}
