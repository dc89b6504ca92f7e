package dev.backfill.files.read;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a file as text in UTF-8: unpacks gzip, skips a byte order mark, and says of any other form what it looks like. */
final class TextFile {
    private static final int LONGEST_MARK = 6;
    private static final int BUFFER = 1 << 16;
    private static final String GZIP = "1f8b";
    private static final String UTF_8_MARK = "efbbbf";

    /** How other packed files begin. */
    private static final Map<String, String> PACKED = Map.of(
            "504b0304",
            "a zip archive",
            "28b52ffd",
            "packed with zstd",
            "425a68",
            "packed with bzip2",
            "fd377a585a00",
            "packed with xz");

    private TextFile() {}

    static BufferedReader open(Path path) throws IOException {
        InputStream file = Files.newInputStream(path);
        try {
            InputStream text = unpacked(path, new BufferedInputStream(file, BUFFER));
            skipMark(text);
            // A fresh decoder reports what is not UTF-8 instead of replacing it.
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()), BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static InputStream unpacked(Path path, InputStream file) throws IOException {
        String start = start(file);
        for (Map.Entry<String, String> form : PACKED.entrySet()) {
            if (start.startsWith(form.getKey())) {
                throw new IOException("it is " + form.getValue() + "; unpack it, or pack it with gzip");
            }
        }
        if (start.startsWith(GZIP)) {
            return new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER);
        } else if (path.toString().endsWith(".gz")) {
            throw new IOException("its name ends with .gz, but it is not packed with gzip; rename or replace it");
        }
        return file;
    }

    private static void skipMark(InputStream text) throws IOException {
        String start = start(text);
        if (start.startsWith(UTF_8_MARK)) {
            text.skipNBytes(UTF_8_MARK.length() / 2);
        } else if (start.matches("fffe.*|feff.*|(?!00)..00.*|00(?!00).*|000000.*")) {
            throw new IOException(advice(start.matches("fffe0000.*|0000.*|..000000.*") ? "UTF-32" : "UTF-16"));
        }
    }

    /** The first bytes as hexadecimal digits; they stay to be read. */
    private static String start(InputStream in) throws IOException {
        in.mark(LONGEST_MARK);
        byte[] first = in.readNBytes(LONGEST_MARK);
        in.reset();
        return HexFormat.of().formatHex(first);
    }

    private static String advice(String encoding) {
        return "its encoding looks like " + encoding + ", but must be UTF-8; convert it: iconv -f " + encoding
                + " -t UTF-8";
    }

    /** What went wrong while reading, in the user's words. */
    static IOException explained(IOException e, String place) {
        if (e instanceof CharacterCodingException) {
            return new IOException(
                    "it is not UTF-8 " + place
                            + ", and looks like Latin-1 or Windows-1252; convert it: iconv -f WINDOWS-1252 -t UTF-8",
                    e);
        } else if (e instanceof EOFException) {
            return new IOException("the file is cut: its gzip data ends " + place, e);
        } else if (e instanceof ZipException) {
            return new IOException("its gzip data is damaged " + place + " (" + e.getMessage() + ")", e);
        }
        return e;
    }
}
