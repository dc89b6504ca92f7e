package dev.backfill.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a script: the real environment wins over {@code .env.<environment>}, and that over {@code .env}. Each
 * file is taken from the first folder that has it.
 *
 * @param problems why a file could not be read, a sentence each
 */
record Variables(Map<String, String> values, List<String> problems) {
    Variables {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /**
     * Reads them.
     *
     * @param folders where files are looked for, in this order
     */
    static Variables read(Map<String, String> real, Optional<String> environment, List<Path> folders) {
        Map<String, String> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        find(".env", folders).ifPresent(file -> load(file, values, problems));
        environment.ifPresent(name -> find(".env." + name, folders)
                .ifPresentOrElse(file -> load(file, values, problems), () -> problems.add(absent(name, folders))));
        values.putAll(real);
        return new Variables(values, problems);
    }

    private static Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static void load(Path file, Map<String, String> values, List<String> problems) {
        try {
            values.putAll(DotenvFile.parse(Files.readAllBytes(file)));
        } catch (DotenvFile.MalformedException e) {
            problems.add(file + ": " + e.getMessage());
        } catch (IOException e) {
            problems.add(file + " could not be read (" + e + "); check its permissions");
        }
    }

    // a misspelt environment must not quietly run against the variables of another
    private static String absent(String environment, List<Path> folders) {
        return "the environment '" + environment + "' has no file .env." + environment + " in "
                + String.join(" or ", folders.stream().map(Path::toString).toList())
                + "; create it, even if it is empty";
    }
}
