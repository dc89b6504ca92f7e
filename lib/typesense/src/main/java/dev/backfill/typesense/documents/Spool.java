package dev.backfill.typesense.documents;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lines on disk for the length of a run. The file is its owner's alone and loses its name at once, so that nothing is
 * left of it when it is closed or the process dies. Used by one thread at a time.
 */
final class Spool implements AutoCloseable {
    private final RandomAccessFile file; // not a channel, which an interrupt would close
    private long breaks;
    private boolean open; // a last line without a line break

    private Spool(RandomAccessFile file) {
        this.file = file;
    }

    static Spool create() throws IOException {
        Path path = Files.createTempFile("backfill-export-", ".jsonl"); // readable by its owner only
        try {
            return new Spool(new RandomAccessFile(path.toFile(), "rw"));
        } finally {
            Files.delete(path);
        }
    }

    void append(byte[] part) throws IOException {
        file.write(part);
        for (byte each : part) {
            if (each == '\n') {
                breaks++;
            }
        }
        open = part.length > 0 ? part[part.length - 1] != '\n' : open;
    }

    long lines() {
        return breaks + (open ? 1 : 0);
    }

    /** What is there from an offset on; not to be closed. */
    InputStream from(long offset) throws IOException {
        file.seek(offset);
        return new FileInputStream(file.getFD());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
