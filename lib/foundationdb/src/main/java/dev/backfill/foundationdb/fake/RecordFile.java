package dev.backfill.foundationdb.fake;

import dev.backfill.connector.FatalFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file of records, one a line: the key, a tab, the value, both in hexadecimal. */
public final class RecordFile {
    private RecordFile() {}

    /** {@link FatalFailure} if there is none, or it is of another form. */
    public static NavigableMap<byte[], byte[]> read(Path file) {
        NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                records.put(
                        HexFormat.of().parseHex(line.substring(0, Math.max(0, tab))),
                        HexFormat.of().parseHex(line.substring(tab + 1)));
            }
            return records;
        } catch (IOException | IllegalArgumentException e) {
            throw new FatalFailure(
                    "open FDB: the stand-in's records cannot be read from " + file + " (" + e.getMessage()
                            + "); each line must be key, tab, value in hexadecimal. To read a real cluster unset FDB_STAND_IN",
                    e);
        }
    }
}
