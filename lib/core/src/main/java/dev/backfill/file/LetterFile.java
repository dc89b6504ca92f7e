package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.ForeignCheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dead letters, a line of JSON each; of two for the same record the later line counts. In memory are only the places of the
 * lines, so a file of any size can be read page by page. Thread-safe.
 */
final class LetterFile {
    private static final int PAGE = 500;

    private final Path path;
    private final LetterIndex index;

    LetterFile(Path path) {
        this.path = path;
        this.index = new LetterIndex(path);
    }

    /** Appends the letters; they are on the disk when this returns. */
    void add(List<DeadLetter> letters) {
        try (FileChannel channel =
                OwnerOnly.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (DeadLetter letter : letters) {
                write(channel, letter);
            }
            channel.force(true);
        } catch (IOException e) {
            throw FileFailure.of("writing", path, e);
        }
    }

    /** Replaces the file by one without these letters, if it has any of them. */
    void remove(List<DeadLetter> gone) {
        if (gone.stream().noneMatch(index::holds)) {
            return;
        }
        Set<List<String>> identities = gone.stream().map(DeadLetter::identity).collect(Collectors.toSet());
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = OwnerOnly.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long skip = 0;
            for (List<DeadLetter> page = read(skip, PAGE); !page.isEmpty(); page = read(skip, PAGE)) {
                for (DeadLetter letter : page) {
                    if (!identities.contains(letter.identity())) {
                        write(channel, letter);
                    }
                }
                skip += page.size();
            }
            channel.force(true);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FileFailure.of("writing", path, e);
        }
    }

    /** On a line of its own, whatever a crash has left at the end of the file. */
    private static void write(FileChannel channel, DeadLetter letter) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(("\n" + CheckpointJson.write(letter)).getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** At most so many letters after those that are skipped, in the order in which they came first. */
    List<DeadLetter> read(long skip, int most) {
        List<LetterIndex.Place> places = index.page(skip, most);
        if (places.isEmpty()) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            List<DeadLetter> letters = new ArrayList<>(places.size());
            for (LetterIndex.Place place : places) {
                letters.add(letter(channel, place));
            }
            return letters;
        } catch (IOException e) {
            throw FileFailure.of("reading", path, e);
        }
    }

    long count() {
        return index.size();
    }

    /** Adds all letters to another file; done again after a crash, the other file still has each once. */
    void moveTo(LetterFile other) {
        long skip = 0;
        for (List<DeadLetter> page = read(skip, PAGE); !page.isEmpty(); page = read(skip, PAGE)) {
            other.add(page);
            skip += page.size();
        }
        clear();
    }

    private void clear() {
        try {
            Files.deleteIfExists(path);
            index.forget();
        } catch (IOException e) {
            throw FileFailure.of("deleting", path, e);
        }
    }

    private static DeadLetter letter(FileChannel channel, LetterIndex.Place place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        while (bytes.hasRemaining() && channel.read(bytes, place.offset() + bytes.position()) >= 0) {
            // until the line is whole
        }
        String line = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return CheckpointJson.read(line, DeadLetter.class).since(place.first());
    }

    /** A line cut short belongs to a batch whose checkpoint was never saved: it is written again on a line of its own. */
    static Optional<DeadLetter> parse(String line) {
        try {
            return line.isEmpty() ? Optional.empty() : Optional.of(CheckpointJson.read(line, DeadLetter.class));
        } catch (ForeignCheckpointException cutShort) {
            return Optional.empty();
        }
    }
}
