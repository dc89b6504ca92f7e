package dev.backfill.file;

import dev.backfill.checkpoint.DamagedCheckpointException;
import dev.backfill.connector.FatalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of JSON that is replaced whole: the one who reads it finds the old text or the new one, also after the power failed. The
 * version before the last stays next to it, for a file that something else has damaged. All failures are
 * {@link FatalFailure}s or {@link DamagedCheckpointException}s that name the file.
 */
record DurableFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(DurableFile.class);

    /**
     * What the file holds; nothing if there is none. Where it is damaged, what the version before held, which is as if the
     * process had died before its last save.
     *
     * @param parse throws {@link DamagedCheckpointException} for a text that is not whole
     */
    <T> Optional<T> read(Function<String, T> parse) {
        try {
            return text(path).map(parse);
        } catch (DamagedCheckpointException damaged) {
            Optional<T> before = readPrevious(parse);
            if (before.isEmpty()) {
                throw new DamagedCheckpointException(path.toAbsolutePath() + " is damaged (" + damaged.getMessage()
                        + "), and there is no intact version before it; restore it from a backup, or start from"
                        + " scratch with 'checkpoint reset'");
            }
            LOG.warn(
                    "{} is damaged ({}); using {} instead, the version before it",
                    path.toAbsolutePath(),
                    damaged.getMessage(),
                    previous().getFileName());
            return before;
        }
    }

    /** Whether there is a file that can be read neither as it is nor from the version before. */
    boolean isDamaged(Function<String, ?> parse) {
        try {
            read(parse);
            return false;
        } catch (DamagedCheckpointException e) {
            return true;
        }
    }

    private <T> Optional<T> readPrevious(Function<String, T> parse) {
        try {
            return text(previous()).map(parse);
        } catch (DamagedCheckpointException alsoDamaged) {
            return Optional.empty();
        }
    }

    private Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedInputException e) {
            throw new DamagedCheckpointException("it is not UTF-8");
        } catch (IOException e) {
            throw failure("reading", e);
        }
    }

    /** Replaces the text; it is on the disk when this returns, and so is the file's name. */
    void write(String text) {
        replace(text, true);
    }

    /** Replaces the text; if the machine fails, the version before may be there, but never an empty file. */
    void writeSoon(String text) {
        replace(text, false);
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(previous());
        } catch (IOException e) {
            throw failure("deleting", e);
        }
    }

    /** Moves a damaged file out of the way and gives its new name. */
    Path putAside() {
        Path aside = path.resolveSibling(path.getFileName() + ".damaged");
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(previous());
            return aside;
        } catch (IOException e) {
            throw failure("moving", e);
        }
    }

    private Path previous() {
        return path.resolveSibling(path.getFileName() + ".previous");
    }

    private void replace(String text, boolean named) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = OwnerOnly.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            put(channel, text);
            channel.force(true);
            keepPrevious();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (named) {
                forceFolder();
            }
        } catch (IOException e) {
            throw failure("writing", e);
        }
    }

    /** The last version gets a second name, before the first name is given to the new one. A damaged one is not worth keeping. */
    private void keepPrevious() throws IOException {
        if (!endsAsWritten()) {
            return;
        }
        Path second = path.resolveSibling(path.getFileName() + ".second");
        Files.deleteIfExists(second);
        try {
            Files.createLink(second, path);
        } catch (UnsupportedOperationException | IOException withoutLinks) {
            Files.copy(path, second, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.move(second, previous(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean endsAsWritten() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 1 && channel.read(last, channel.size() - 1) == 1 && last.get(0) == '}';
        } catch (NoSuchFileException none) {
            return false;
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
        return FileFailure.of(doing, path, e);
    }
}
