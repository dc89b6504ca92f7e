package dev.backfill.files.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.backfill.connector.Row;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.JsonValues;
import dev.backfill.json.WholeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what stands next to the list in a document. */
final class Header {
    private static final JsonFactory FACTORY = JsonLimits.factory();

    private Header() {}

    static Row of(Path path, String list) throws IOException {
        String first = list.split("\\.", 2)[0];
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        JsonParser in = FACTORY.createParser(TextFile.open(path));
        try (in) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    in.nextToken();
                    if (name.equals(first)) {
                        in.skipChildren();
                    } else {
                        fields.put(name, JsonValues.read(in));
                    }
                }
            }
            WholeJson.checkEnd(in);
        } catch (IOException e) {
            throw DocumentRecords.explained(e, in);
        }
        return Row.of(fields);
    }
}
