package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads documents as records of these columns; null where a document has no such field. */
record DocumentReader(Columns columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The document of these fields. */
    Row of(Map<String, @Nullable Object> fields) {
        try (JsonParser in = JSON.createParser(JSON.writeValueAsBytes(fields))) {
            in.nextToken();
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("the dead letter does not contain a document", e);
        }
    }

    /** The document at whose beginning the parser stands. */
    Row read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a document is expected");
        }
        @Nullable Object[] values = new Object[columns.size()];
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (columns.contains(name)) {
                values[columns.position(name)] = DocumentValues.read(in);
            } else {
                in.skipChildren();
            }
        }
        return Row.of(columns, values);
    }
}
