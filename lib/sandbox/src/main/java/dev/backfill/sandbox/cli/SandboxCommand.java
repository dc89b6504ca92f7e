package dev.backfill.sandbox.cli;

import dev.backfill.sandbox.Inspection;
import dev.backfill.sandbox.Sandbox;
import dev.backfill.sandbox.plan.Declaration;
import dev.backfill.sandbox.plan.ScriptToRun;
import dev.backfill.sandbox.plan.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a sandbox, runs the script in it and checks what it did; or keeps it up for others to look at. */
@Command(
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 all checks passed, 5 one failed, otherwise the script's own."})
final class SandboxCommand implements Callable<Integer> {
    private static final int CHECK_FAILED = 5;
    private static final int DEAD_LETTERS = 3;

    private final Declaration declaration;

    @Option(names = "--rows", paramLabel = "N", description = "How many rows; else as the sandbox says.")
    private Optional<Long> rows = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Other data of the same kind; else ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--keep", description = "Runs nothing: the servers stay up, filled, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--home", hidden = true, description = "The folder that contains scripts/.")
    private Optional<Path> folder = Optional.empty();

    @Parameters(paramLabel = "ARGUMENT", description = "Handed to the script; write -- before the first.")
    private List<String> arguments = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SandboxCommand(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Integer call() throws Exception {
        QuietLogs.errorsOnly();
        Home home = home();
        Size size = size();
        Story story = new Story(spec.commandLine().getOut());
        Sandbox sandbox = new Sandbox(declaration);
        try (Guard guard = new Guard(sandbox)) {
            return guard.work(() -> {
                story.starts(declaration, size);
                sandbox.start(System.getenv());
                story.started(sandbox);
                story.filled(sandbox.fill(size));
                return keep ? keep(guard, home, sandbox, story) : run(guard, home, sandbox, story);
            });
        }
    }

    private int run(Guard guard, Home home, Sandbox sandbox, Story story) throws Exception {
        ScriptToRun script = declaration.script();
        story.runs(script.path());
        int code = run(guard, home, sandbox, List.of());
        if (code == 0 && script.again()) {
            story.runsAgain();
            sandbox.remember();
            code = run(guard, home, sandbox, List.of("--restart"));
        }
        if (code != 0) {
            story.failed(code);
            return code;
        }
        Inspection inspection = sandbox.inspect();
        story.found(inspection);
        return inspection.holds() ? 0 : CHECK_FAILED;
    }

    /** The script's exit code; dead letters are no failure here, for the checks know which there must be. */
    private int run(Guard guard, Home home, Sandbox sandbox, List<String> more) throws Exception {
        Map<String, String> variables = new HashMap<>(sandbox.variables());
        variables.putAll(declaration.script().variables());
        List<String> all = new ArrayList<>(declaration.script().arguments());
        all.addAll(arguments);
        all.addAll(more);
        List<String> command = ScriptProcess.command(home, declaration.script().path(), all);
        int code = guard.add(ScriptProcess.start(command, variables)).await();
        guard.waitIfEnding();
        return code == DEAD_LETTERS ? 0 : code;
    }

    private int keep(Guard guard, Home home, Sandbox sandbox, Story story) throws Exception {
        ScriptToRun script = declaration.script();
        EnvironmentFile.write(home, home.resolve(script.path()), sandbox.variables())
                .forEach(guard::add);
        story.kept(sandbox, script);
        Guard.awaitSignal();
        return 0;
    }

    private Home home() {
        return folder.map(Home::new)
                .or(() -> Home.find(System.getenv(), Path.of("")))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no folder scripts/sandbox at or above this one; go to Backfill's folder, or name it in "
                                + Home.VARIABLE));
    }

    private Size size() {
        try {
            return new Size(rows.orElse(declaration.rows()), seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
