package dev.backfill.files.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.JsonValues;
import dev.backfill.json.WholeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The items of one list of a JSON document. */
final class DocumentRecords implements Records {
    private static final JsonFactory FACTORY = JsonLimits.factory();

    private final JsonParser in;
    private boolean through;

    /**
     * @param list names with dots between them; empty: the document itself is the list
     */
    DocumentRecords(Path path, String list) throws IOException {
        this.in = FACTORY.createParser(TextFile.open(path));
        try {
            if (in.nextToken() == null) {
                throw new IOException("it is empty");
            }
            for (String name : list.isEmpty() ? new String[0] : list.split("\\.")) {
                enter(name, list);
            }
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw new IOException("'" + list + "' is no list");
            }
        } catch (IOException e) {
            in.close();
            throw explained(e, in);
        }
    }

    private void enter(String name, String list) throws IOException {
        boolean found = false;
        if (in.currentToken() == JsonToken.START_OBJECT) {
            while (!found && in.nextToken() == JsonToken.FIELD_NAME) {
                found = in.currentName().equals(name);
                in.nextToken();
                if (!found) {
                    in.skipChildren();
                }
            }
        }
        if (!found) {
            throw new IOException("it has no list '" + list + "'");
        }
    }

    @Override
    public Optional<Object> next() throws IOException {
        if (through) {
            return Optional.empty();
        }
        try {
            if (in.nextToken() == JsonToken.END_ARRAY) {
                through = true;
                checkEnd();
                return Optional.empty();
            }
            return Optional.of(Odd.unlessRecord(JsonValues.read(in)));
        } catch (IOException e) {
            throw explained(e, in);
        }
    }

    /** A document that was cut behind the list is not whole either. */
    private void checkEnd() throws IOException {
        while (!in.getParsingContext().inRoot()) {
            in.nextToken(); // an end that comes too early is an error of the parser's own
            in.skipChildren();
        }
        WholeJson.checkEnd(in);
    }

    /** What the parser says, in a person's words. */
    static IOException explained(IOException e, JsonParser in) {
        if (!(e instanceof JsonProcessingException json)) {
            return TextFile.explained(
                    e, "at or after line " + in.currentLocation().getLineNr());
        }
        JsonLocation at = json.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return json instanceof JsonEOFException
                ? new IOException("the file is cut: it ends" + place + " in the middle of a value", e)
                : new IOException("this is no JSON" + place + ": " + json.getOriginalMessage(), e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
