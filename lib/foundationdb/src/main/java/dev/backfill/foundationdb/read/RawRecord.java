package dev.backfill.foundationdb.read;

import com.apple.foundationdb.KeyValue;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backfill.foundationdb.key.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Shows a record of which nothing is known but its bytes. */
final class RawRecord {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RawRecord() {}

    /** Key and value in hexadecimal, and the value as text, if it is one. */
    static String json(KeyValue record) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("key", Bytes.hex(record.getKey()))
                .put("value", Bytes.hex(record.getValue()));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record.getValue()))
                    .toString();
            if (text.indexOf(0) < 0) { // which no column of PostgreSQL takes
                json.put("text", text);
            }
        } catch (CharacterCodingException e) {
            // then the bytes alone must do
        }
        return json.toString();
    }
}
