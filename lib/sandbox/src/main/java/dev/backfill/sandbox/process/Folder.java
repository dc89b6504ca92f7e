package dev.backfill.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of its own for what a server keeps, gone when closed. */
public record Folder(Path path) implements AutoCloseable {
    public static Folder create(String purpose) {
        try {
            return new Folder(Files.createTempDirectory("backfill-" + purpose + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for " + purpose + " in the temporary directory", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            // Whoever else cleans up was faster.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path + "; remove it by hand", e);
        }
    }
}
