package dev.backfill.files.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.json.JsonValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a file, each of which is one JSON value; empty ones are passed over. */
final class LineRecords implements Records {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final BufferedReader lines;
    private long number;

    LineRecords(Path path) throws IOException {
        this.lines = Files.newBufferedReader(path);
    }

    @Override
    public Optional<Object> next() throws IOException {
        String line = lines.readLine();
        number++;
        while (line != null && line.isBlank()) {
            line = lines.readLine();
            number++;
        }
        if (line == null) {
            return Optional.empty();
        }
        try (JsonParser in = FACTORY.createParser(line)) {
            in.nextToken();
            return Optional.of(Odd.unlessRecord(JsonValues.read(in)));
        } catch (IOException e) {
            throw new IOException("line " + number + " is no whole JSON value", e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
