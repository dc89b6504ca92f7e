package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.words.Quantity;
import java.io.IOException;

/** The server's answer to each line of an import, in the order of the lines. */
final class ImportAnswers {
    private static final JsonFactory JSON = new JsonFactory();

    private final String doing;
    private final ImportBody body;
    private final WriteResult outcome;

    ImportAnswers(String doing, ImportBody body, WriteResult outcome) {
        this.doing = doing;
        this.body = body;
        this.outcome = outcome;
    }

    /** Notes what became of each record; a {@link TransientFailure} if not every line has an answer. */
    void read(byte[] answers) {
        int line = 0;
        try (JsonParser in = JSON.createParser(answers)) {
            while (in.nextToken() != null && line < body.count()) {
                note(line, LineAnswer.read(in));
                line++;
            }
            if (line < body.count() || in.currentToken() != null) {
                throw unreadable("it has " + (line < body.count() ? "only " + line : "more than " + line) + " lines");
            }
        } catch (IOException e) {
            throw unreadable("line " + (line + 1) + " is no answer");
        }
    }

    private void note(int line, LineAnswer answer) {
        int record = body.record(line);
        if (answer.success()) {
            outcome.status(record, WriteStatus.WRITTEN);
        } else if (answer.missing()) {
            outcome.status(record, WriteStatus.MISSING);
        } else if (answer.refused()) {
            outcome.rejected(record, answer.error());
        } else {
            throw new TransientFailure(doing + ": the server answers " + answer.code() + " (" + answer.error()
                    + ") to a document; it can be tried again");
        }
    }

    private TransientFailure unreadable(String what) {
        return new TransientFailure(doing + ": the server's answer to " + Quantity.of(body.count(), "document")
                + " cannot be right, " + what + "; it can be tried again");
    }

    /** The answer to one line. */
    private record LineAnswer(boolean success, int code, String error) {
        static LineAnswer read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            boolean success = false;
            int code = 0;
            String error = "";
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                switch (name) {
                    case "success" -> success = value == JsonToken.VALUE_TRUE;
                    case "code" -> code = in.getValueAsInt();
                    case "error" -> error = in.getValueAsString("");
                    default -> in.skipChildren();
                }
            }
            return new LineAnswer(success, code, error);
        }

        /** Only this sentence: a 404 may one day mean something else too. */
        boolean missing() {
            return code == 404 && error.startsWith("Could not find a document");
        }

        boolean refused() {
            return code >= 400 && code < 500 && code != 401 && code != 403 && code != 408 && code != 429;
        }
    }
}
