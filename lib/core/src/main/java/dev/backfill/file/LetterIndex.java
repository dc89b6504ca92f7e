package dev.backfill.file;

import dev.backfill.checkpoint.DeadLetter;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in the file each dead letter's last line is. Reads only what was appended since, unless the file was replaced. Thread-safe. */
final class LetterIndex {
    /**
     * A letter's last line.
     *
     * @param offset its first byte
     * @param length in bytes, without the line end
     * @param first when the record was rejected first
     */
    record Place(long offset, int length, Instant first) {}

    private record Identity(long high, long low) {}

    private final Path path;
    private final Map<Identity, Place> places = new LinkedHashMap<>();
    private long read;
    private @Nullable Object fileKey;

    LetterIndex(Path path) {
        this.path = path;
    }

    synchronized int size() {
        update();
        return places.size();
    }

    synchronized boolean holds(DeadLetter letter) {
        update();
        return places.containsKey(identity(letter));
    }

    synchronized List<Place> page(long skip, int most) {
        update();
        return places.values().stream().skip(skip).limit(most).toList();
    }

    private void update() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            if (file.size() < read || fileKey == null || !fileKey.equals(file.fileKey())) {
                forget();
                fileKey = file.fileKey();
            }
            if (file.size() > read) {
                readOn();
            }
        } catch (NoSuchFileException none) {
            forget();
        } catch (IOException e) {
            throw FileFailure.of("reading", path, e);
        }
    }

    /** Begins from the start of the file; a new file may have the key of a deleted one. */
    synchronized void forget() {
        places.clear();
        read = 0;
        fileKey = null;
    }

    /** The last line is read again next time: it may be cut short, or grow. */
    private void readOn() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            in.skipNBytes(read);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long begin = read;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    add(begin, line);
                    begin += line.size() + 1L;
                    read = begin;
                    line.reset();
                } else {
                    line.write(next);
                }
            }
            add(begin, line);
        }
    }

    private void add(long offset, ByteArrayOutputStream line) {
        LetterFile.parse(line.toString(StandardCharsets.UTF_8)).ifPresent(letter -> {
            Place place = new Place(offset, line.size(), letter.first());
            places.merge(identity(letter), place, (before, now) -> new Place(now.offset, now.length, before.first));
        });
    }

    private static Identity identity(DeadLetter letter) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        letter.identity().forEach(part -> {
            text.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            text.write(0xFF); // no byte of UTF-8, so parts cannot run into each other
        });
        byte[] hash = digest().digest(text.toByteArray());
        return new Identity(longAt(hash, 0), longAt(hash, Long.BYTES));
    }

    private static long longAt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
