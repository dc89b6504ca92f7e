package dev.backfill.dsl.function;

import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.ScriptText;
import dev.backfill.plan.ScriptException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Knows which class and which file a script is, so that an exception can be reported as a mistake on a line of the script.
 *
 * @param type the name of the script's class; its functions are classes that begin with it
 */
public record ScriptSource(String type, Path file) {
    /** The exception in the form of a script's mistake, with the innermost line of the script that led to it. */
    public ScriptException explain(Throwable thrown) {
        RuntimeMistake mistake = RuntimeMistake.of(thrown);
        return new ScriptException(
                line(thrown)
                        .map(line -> ScriptText.of(file).mistake(line, mistake.word(), mistake.message()))
                        .map(Mistake::text)
                        .orElse(file.getFileName() + ": " + mistake.message()),
                thrown);
    }

    private Optional<Integer> line(Throwable thrown) {
        Stream<StackTraceElement> frames = Arrays.stream(thrown.getStackTrace());
        return frames.filter(frame -> frame.getLineNumber() > 0 && inScript(frame.getClassName()))
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }

    private boolean inScript(String name) {
        return name.equals(type) || name.startsWith(type + "$");
    }
}
