package dev.backfill.http.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.JsonValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts at some paths out of a JSON document and skips the rest. A path is made of names with dots between them; an
 * empty one is the document itself.
 */
final class JsonPart {
    private static final JsonFactory FACTORY = JsonLimits.factory();

    private final Set<String> paths;
    private final Map<String, @Nullable Object> found = new HashMap<>();

    private JsonPart(Set<String> paths) {
        this.paths = paths;
    }

    /** The parts that are there, by their paths; {@link IOException} if it is no whole JSON document. */
    static Map<String, @Nullable Object> of(byte[] document, Set<String> paths) throws IOException {
        JsonPart part = new JsonPart(paths);
        try (JsonParser in = FACTORY.createParser(document)) {
            if (in.nextToken() == null) {
                throw new IOException("it is empty");
            }
            part.at("", in);
            if (in.nextToken() != null) {
                throw new IOException("something follows its end");
            }
        }
        return part.found;
    }

    private void at(String path, JsonParser in) throws IOException {
        if (paths.contains(path)) {
            found.put(path, JsonValues.read(in));
        } else if (in.currentToken() == JsonToken.START_OBJECT && leads(path)) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String below = path.isEmpty() ? in.currentName() : path + "." + in.currentName();
                in.nextToken();
                at(below, in);
            }
        } else {
            in.skipChildren();
        }
    }

    private boolean leads(String path) {
        return path.isEmpty() || paths.stream().anyMatch(each -> each.startsWith(path + "."));
    }
}
