package dev.backfill.files.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.JsonValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each of which is one JSON value; empty ones are passed over. */
final class LineRecords implements Records {
    private static final JsonFactory FACTORY = JsonLimits.factory();

    /** How much is kept of a line that is beyond all limits. */
    private static final int SHOWN = 200;

    private final BufferedReader lines;
    private long number;

    LineRecords(Path path) throws IOException {
        this.lines = TextFile.open(path);
    }

    @Override
    public Optional<Object> next() throws IOException {
        String line = line();
        while (line != null && line.isBlank()) {
            line = line();
        }
        if (line == null) {
            return Optional.empty();
        }
        try (JsonParser in = FACTORY.createParser(line)) {
            in.nextToken();
            Object value = JsonValues.read(in);
            if (in.nextToken() != null) {
                throw new IOException("line " + number + " has something after its JSON value, at column "
                        + in.currentTokenLocation().getColumnNr() + "; each line is one value");
            }
            return Optional.of(Odd.unlessRecord(value));
        } catch (StreamConstraintsException e) {
            return Optional.of(new Odd(
                    line.substring(0, Math.min(SHOWN, line.length())),
                    "this is beyond the limits of JSON: " + e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw new IOException("line " + number + " is not a whole JSON value", e);
        }
    }

    private @Nullable String line() throws IOException {
        number++;
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw TextFile.explained(e, "at or after line " + number);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
