package dev.backfill.sandbox.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that holds {@code scripts/}. */
public record Home(Path folder) {
    /** Names the folder: the wrapper sets it. */
    public static final String VARIABLE = "BACKFILL_HOME";

    private static final Path SANDBOXES = Path.of("scripts", "sandbox");

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Finds it by the variable, or at or above a folder. */
    public static Optional<Home> find(Map<String, String> environment, Path start) {
        Stream<Path> named = Stream.ofNullable(environment.get(VARIABLE)).map(Path::of);
        Stream<Path> above = Stream.iterate(start.toAbsolutePath().normalize(), f -> f != null, Path::getParent);
        return Stream.concat(named, above)
                .filter(folder -> Files.isDirectory(folder.resolve(SANDBOXES)))
                .findFirst()
                .map(Home::new);
    }

    public Path sandboxes() {
        return folder.resolve(SANDBOXES);
    }

    public Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** The JBang that runs scripts here: this checkout's own, else the one on the PATH. */
    public String jbang() {
        Path own = folder.resolve("jbang");
        return Files.isExecutable(own) ? own.toString() : "jbang";
    }
}
