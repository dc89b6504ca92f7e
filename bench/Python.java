package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python with what the baseline needs, in an environment of its own below target. */
record Python(Path program) {
    private static final Path HOME = Path.of("target", "bench-venv");

    /** Installs the packages the first time; says so in the report if it cannot be had. */
    static Optional<Python> find(Report report, String... packages) throws Exception {
        Python python = new Python(HOME.resolve("bin").resolve("python").toAbsolutePath());
        List<String> install = new ArrayList<>(List.of(python.program.toString(), "-m", "pip", "install", "-q"));
        install.addAll(List.of(packages));
        if (works("python3", "-m", "venv", HOME.toString()) && works(install.toArray(String[]::new))) {
            return Optional.of(python);
        }
        report.note("SKIPPED, what needs Python: no python3 here, or pip could not install " + String.join(", ", packages));
        return Optional.empty();
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a program is that a package brought along. */
    Path beside(String name) {
        return program.resolveSibling(name);
    }

    Reading measure(long rows, int size, long limit, String how, Map<String, String> variables) throws Exception {
        String script = Path.of("bench", "baseline.py").toString();
        List<String> command =
                List.of(program.toString(), script, Integer.toString(size), Long.toString(limit), how);
        return new ClientProcess(command, variables).measure(rows, 0);
    }

    boolean has(String name) {
        return Files.isExecutable(beside(name));
    }
}
