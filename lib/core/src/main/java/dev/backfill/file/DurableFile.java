package dev.backfill.file;

import dev.backfill.connector.FatalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is replaced whole: whoever reads it finds the old text or the new one, also after the power failed. All
 * failures are {@link FatalFailure}s that name the file.
 */
record DurableFile(Path path) {
    Optional<String> read() {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("reading", e);
        }
    }

    /** Replaces the text; it is on the disk when this returns. */
    void write(String text) {
        replace(text, true);
    }

    /** Replaces the text, which may be lost if the machine fails. */
    void writeSoon(String text) {
        replace(text, false);
    }

    /** Adds lines at the end; they are on the disk when this returns. */
    void append(String lines) {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            put(channel, lines);
            channel.force(true);
        } catch (IOException e) {
            throw failure("writing", e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failure("deleting", e);
        }
    }

    private void replace(String text, boolean durable) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            put(channel, text);
            if (durable) {
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (durable) {
                forceFolder();
            }
        } catch (IOException e) {
            throw failure("writing", e);
        }
    }

    private static void put(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The rename itself is durable only when the folder is. */
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private FatalFailure failure(String doing, IOException e) {
        return new FatalFailure(
                doing + " " + path.toAbsolutePath() + " failed: " + e
                        + "; check the folder, its rights and the disk's space",
                e);
    }
}
