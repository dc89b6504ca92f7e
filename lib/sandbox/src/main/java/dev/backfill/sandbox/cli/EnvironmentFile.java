package dev.backfill.sandbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows scripts with {@code --environment sandbox} where the servers are, for as long as they are there. */
record EnvironmentFile(Path path, String text) implements AutoCloseable {
    static final String NAME = ".env.sandbox";

    /** Writes one next to the script and one in the home folder, readable by their owner only. */
    static List<EnvironmentFile> write(Home home, Path script, Map<String, String> variables) throws IOException {
        String text = new TreeMap<>(variables)
                .entrySet().stream()
                        .filter(variable -> !variable.getValue().isEmpty())
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                        .collect(Collectors.joining());
        List<EnvironmentFile> files = Stream.of(
                        home.folder(), script.resolveSibling("").toAbsolutePath())
                .distinct()
                .map(folder -> new EnvironmentFile(folder.resolve(NAME), text))
                .toList();
        for (EnvironmentFile file : files) {
            file.write();
        }
        return files;
    }

    private void write() throws IOException {
        Files.deleteIfExists(path);
        Files.newByteChannel(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .close();
        Files.writeString(path, text);
    }

    /** Removes it, unless another sandbox has written its own since. */
    @Override
    public void close() throws IOException {
        if (Files.exists(path) && Files.readString(path).equals(text)) {
            Files.delete(path);
        }
    }
}
