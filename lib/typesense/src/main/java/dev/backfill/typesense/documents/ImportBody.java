package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The records of a batch as lines of JSON; a record that cannot be sent is left out and counted as rejected. */
final class ImportBody {
    // Writes half a surrogate pair as such, to be refused.
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final List<String> fields;
    private final Lines lines = new Lines();
    private final int[] sent;
    private JsonGenerator out = generator();
    private int count;

    /**
     * @param fields the fields to write, next to the id
     * @param outcome gets the rejections
     */
    ImportBody(List<Row> records, List<String> fields, WriteResult outcome) {
        this.fields = fields;
        this.sent = new int[records.size()];
        for (int i = 0; i < records.size(); i++) {
            add(i, records.get(i), outcome);
        }
    }

    /** How many lines there are. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return lines.toByteArray();
    }

    /** The place in the batch of the record that became this line, both from 0. */
    int record(int line) {
        return sent[line];
    }

    private void add(int index, Row row, WriteResult outcome) {
        int start = lines.size();
        try {
            write(row);
            sent[count++] = index;
        } catch (UnsendableException e) {
            lines.truncate(start);
            out = generator(); // the one before stands in the middle of a record
            outcome.rejected(index, e.reason());
        }
    }

    private void write(Row row) {
        try {
            out.writeStartObject();
            out.writeStringField("id", id(row).orElseThrow(() -> new UnsendableException("it has no id")));
            for (String field : fields) {
                out.writeFieldName(field);
                DocumentValues.write(out, row.get(field));
            }
            out.writeEndObject();
            out.flush();
            lines.write('\n');
        } catch (JsonProcessingException e) {
            throw new UnsendableException("it cannot be written as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonGenerator generator() {
        try {
            return JSON.createGenerator(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the document that a record is about. */
    static Optional<String> id(Row row) {
        return Optional.ofNullable(row.get("id")).map(Object::toString).filter(id -> !id.isEmpty());
    }

    /** Bytes of which the last ones can be taken back. */
    private static final class Lines extends ByteArrayOutputStream {
        synchronized void truncate(int size) {
            count = size;
        }
    }
}
