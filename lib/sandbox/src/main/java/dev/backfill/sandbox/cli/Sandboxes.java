package dev.backfill.sandbox.cli;

import dev.backfill.words.Nearest;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;

/** Finds the sandbox that a person names, among the declarations in one folder. */
public final class Sandboxes {
    private static final int WRONG_USE = 2;
    private static final String SUFFIX = ".groovy";
    private static final String LAUNCHER = "sandbox";

    private final Home home;
    private final PrintStream out;
    private final ToIntBiFunction<Path, List<String>> launch;

    /** Makes it; launch runs a declaration with arguments and gives the exit code. */
    public Sandboxes(Home home, PrintStream out, ToIntBiFunction<Path, List<String>> launch) {
        this.home = home;
        this.out = out;
        this.launch = launch;
    }

    /** Runs the sandbox that the first argument names with the others; lists them if there is none. */
    public int run(List<String> arguments) {
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
            out.println(
                    "Sandboxes: " + String.join(", ", names()) + "; for example: sandbox " + first() + " --rows 1000");
            return arguments.isEmpty() || arguments.get(0).matches("-h|--help") ? 0 : WRONG_USE;
        }
        String name = arguments.get(0);
        if (!names().contains(name)) {
            out.println("unknown sandbox '" + name + "'" + Nearest.hint(name, names()) + " There are: "
                    + String.join(", ", names()));
            return WRONG_USE;
        }
        List<String> rest = new ArrayList<>(List.of("--home", home.folder().toString()));
        rest.addAll(arguments.subList(1, arguments.size()));
        return launch.applyAsInt(home.sandboxes().resolve(name + SUFFIX), rest);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(home.sandboxes())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(name -> !name.equals(LAUNCHER))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + home.sandboxes(), e);
        }
    }

    private String first() {
        return names().stream().findFirst().orElse("NAME");
    }
}
