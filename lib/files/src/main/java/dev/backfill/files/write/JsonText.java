package dev.backfill.files.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.backfill.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values as JSON in UTF-8. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** In one line, which a line break ends. {@link IllegalArgumentException} if JSON has no form for it. */
    static byte[] line(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, value, false);
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** A text in double quotes. */
    static String quoted(String text) {
        return new String(line(text), StandardCharsets.UTF_8).strip();
    }

    /** For people to read. */
    static String indented(Map<?, ?> value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, value, true);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(ByteArrayOutputStream bytes, Object value, boolean indented) {
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            if (indented) {
                DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
                out.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            }
            JsonValues.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes cannot be written", e);
        }
    }
}
