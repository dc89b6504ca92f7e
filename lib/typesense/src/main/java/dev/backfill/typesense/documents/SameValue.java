package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares a value to send with one that a document holds, as the server would after it was sent. */
final class SameValue {
    private static final JsonMapper MAPPER = new JsonMapper();

    private SameValue() {}

    /** Numbers are the same if they are equal, whatever their types; {@link UnsendableException} if it cannot be sent. */
    static boolean of(@Nullable Object sent, @Nullable Object held) {
        try (TokenBuffer json = new TokenBuffer(MAPPER, false)) {
            DocumentValues.write(json, sent);
            JsonParser in = json.asParser();
            in.nextToken();
            return same(DocumentValues.read(in), held);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory, so that it cannot be
        }
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Double || other instanceof Double) {
            return one instanceof Number left
                    && other instanceof Number right
                    && left.doubleValue() == right.doubleValue();
        } else if (one instanceof List<?> left && other instanceof List<?> right) {
            return left.size() == right.size()
                    && IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
        } else if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(key -> same(left.get(key), right.get(key)));
        }
        return one == null ? other == null : one.equals(other);
    }
}
