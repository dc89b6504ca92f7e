package dev.backfill.dsl;

import dev.backfill.cli.BackfillCommand;
import dev.backfill.cli.Program;
import dev.backfill.dsl.function.ScriptSource;
import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.Mistakes;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Entry;
import dev.backfill.plan.ScriptException;
import dev.backfill.run.ErrorText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts scripts: a compiled one as its main does, or a file in this process. */
public final class Launch {
    /** Wrong use, or a mistake of the script. */
    private static final int WRONG = 2;

    private Launch() {}

    /** What the main of every script calls; ends the process with the exit code of the command line. */
    public static void main(Class<?> type, String path, String[] arguments) throws ReflectiveOperationException {
        BackfillScript script = (BackfillScript) type.getDeclaredConstructor().newInstance();
        System.exit(run(() -> script, Path.of(path), List.of(arguments), System.getenv()));
    }

    /** Runs a script as its own process would, with these variables instead of the environment's; gives the exit code. */
    public static int run(Path script, List<String> arguments, Map<String, String> variables) {
        return run(() -> ScriptFile.compile(script), script, arguments, variables);
    }

    /** Reads a backfill without running it. {@link ScriptException} with all mistakes if it has any. */
    public static Program load(Path script, List<String> arguments, Map<String, String> variables) {
        try {
            Session session = evaluate(ScriptFile.compile(script), script, arguments, variables);
            return program(backfill(session), session);
        } catch (Mistakes e) {
            throw refusal(e);
        }
    }

    /** Reads what a root word such as sandbox states, without running it; a script with mistakes is refused. */
    public static Entry entry(Path script, Map<String, String> variables) {
        try {
            Session session = evaluate(ScriptFile.compile(script), script, List.of(), variables);
            return session.entry()
                    .orElseThrow(
                            () -> new ScriptException(List.of(script.getFileName() + ": it is a backfill; load it")));
        } catch (Mistakes e) {
            throw refusal(e);
        }
    }

    private static ScriptException refusal(Mistakes mistakes) {
        return new ScriptException(mistakes.all().stream().map(Mistake::text).toList());
    }

    private static int run(Compiled compiled, Path file, List<String> arguments, Map<String, String> variables) {
        try {
            Session session = evaluate(compiled.script(), file, arguments, variables);
            return session.entry().isPresent()
                    ? session.entry().get().run(arguments)
                    : BackfillCommand.execute(program(backfill(session), session), arguments);
        } catch (Mistakes e) {
            new Complaint(arguments).tell(e.all());
        } catch (ScriptException e) {
            new Complaint(arguments).tell(e);
        } catch (LinkageError | VirtualMachineError e) {
            new Complaint(arguments).tell(new ScriptException(file.getFileName() + ": " + ErrorText.of(e), e));
        }
        return WRONG;
    }

    private static Session evaluate(
            BackfillScript script, Path file, List<String> arguments, Map<String, String> variables) {
        ScriptSource source = new ScriptSource(script.getClass().getName(), file);
        Session session = new Session(source, new Arguments(arguments), variables);
        script.begin(session);
        try {
            script.run();
        } catch (Mistakes | ScriptException e) {
            throw e;
        } catch (RuntimeException e) {
            // What stands in for a variable that is missing may be the cause: then the variable is what is wrong.
            throw session.problems().isEmpty() ? source.explain(e) : new ScriptException(session.problems());
        }
        return session;
    }

    private static Backfill backfill(Session session) {
        return session.backfill()
                .orElseThrow(() ->
                        new ScriptException(List.of(session.source().file().getFileName()
                                + ": it declares no backfill; write: backfill('name') { … }")));
    }

    private static Program program(Backfill backfill, Session session) {
        return new Program(
                backfill, session.problems(), Optional.of(session.source().file()));
    }

    @FunctionalInterface
    private interface Compiled {
        BackfillScript script();
    }
}
