package dev.backfill.dsl.value;

import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads texts and what is written as text. Nothing stays nothing. */
public final class Texts {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final int UUID_BYTES = 16;

    private Texts() {}

    /** The text; {@link IllegalArgumentException} for what is none, as a number is. */
    public static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof CharSequence) {
            return value == null ? null : value.toString();
        }
        throw new IllegalArgumentException("not a text, but " + value.getClass().getSimpleName() + ": '" + value + "'");
    }

    /** The text without the accents on its letters: é becomes e. */
    public static @Nullable String withoutAccents(@Nullable Object value) {
        String text = text(value);
        return text == null
                ? null
                : ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                        .replaceAll("");
    }

    /**
     * The text as a name: small letters and digits without accents, with the separator for blanks and hyphens.
     *
     * @param otherwise for a text that has none of them, or nothing
     */
    public static String slug(@Nullable Object value, String separator, String otherwise) {
        String plain = withoutAccents(value);
        if (plain == null) {
            return otherwise;
        }
        String words = plain.toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_-]+", " ")
                .replaceAll("[^a-z0-9 ]", "")
                .strip()
                .replaceAll(" +", Matcher.quoteReplacement(separator));
        return words.isEmpty() ? otherwise : words;
    }

    /** A uuid from text or from 16 bytes. {@link IllegalArgumentException} if it cannot be read as one. */
    public static @Nullable UUID uuid(@Nullable Object value) {
        if (value == null || value instanceof UUID) {
            return (UUID) value;
        } else if (value instanceof byte[] bytes && bytes.length == UUID_BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        } else if (value instanceof CharSequence text) {
            return ofText(text.toString().strip());
        }
        throw unreadable(value);
    }

    /** The only value among these, and among those of lists; {@link IllegalArgumentException} if there are several. */
    public static @Nullable Object sameOrReject(@Nullable Object... values) {
        List<Object> given = Arrays.stream(values)
                .flatMap(value -> value instanceof Collection<?> several ? several.stream() : Stream.of(value))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (given.size() > 1) {
            throw new IllegalArgumentException("values that should be the same differ: "
                    + given.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return given.isEmpty() ? null : given.get(0);
    }

    private static UUID ofText(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() == uuid.toString().length()) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot be read as a uuid: '" + text + "'", e);
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(Object value) {
        return new IllegalArgumentException("cannot be read as a uuid: '" + value + "'");
    }
}
