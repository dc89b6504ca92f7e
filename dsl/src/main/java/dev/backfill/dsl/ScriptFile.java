package dev.backfill.dsl;

import dev.backfill.dsl.mistake.Brackets;
import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.Mistakes;
import dev.backfill.dsl.mistake.ScriptText;
import dev.backfill.plan.ScriptException;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles the file of a script in this process. */
final class ScriptFile {
    private static final int LONGEST = 120;
    private static final String UNEXPECTED = "Unexpected input";

    private ScriptFile() {}

    /** The script, not yet run. {@link Mistakes} if it is no Groovy; other mistakes are reported when it runs. */
    static BackfillScript compile(Path file) {
        try {
            Script script = new GroovyShell(loader(), new CompilerConfiguration()).parse(file.toFile());
            if (script instanceof BackfillScript backfill) {
                return backfill;
            }
        } catch (MultipleCompilationErrorsException e) {
            throw new Mistakes(syntax(file, e));
        } catch (IOException e) {
            throw new ScriptException("the script " + file + " cannot be read: " + e.getMessage(), e);
        }
        throw new ScriptException(
                List.of(file.getFileName() + ": it is not a Backfill script; write:" + " backfill('name') { … }"));
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ScriptFile.class.getClassLoader() : context;
    }

    /** What is not closed leads the parser to other places: then it is the only mistake that is named. */
    private static List<Mistake> syntax(Path file, MultipleCompilationErrorsException thrown) {
        ScriptText text = ScriptText.of(file);
        return Brackets.mistake(text)
                .map(List::of)
                .orElseGet(() -> thrown.getErrorCollector().getErrors().stream()
                        .filter(SyntaxErrorMessage.class::isInstance)
                        .map(message -> ((SyntaxErrorMessage) message).getCause())
                        .map(cause -> mistake(text, cause))
                        .toList());
    }

    private static Mistake mistake(ScriptText text, SyntaxException cause) {
        int width = cause.getEndLine() == cause.getStartLine() ? cause.getEndColumn() - cause.getStartColumn() : 1;
        return text.mistake(cause.getStartLine(), cause.getStartColumn(), Math.max(1, width), message(text, cause));
    }

    /** The parser repeats all of the script that it has read before what it did not expect. */
    private static String message(ScriptText text, SyntaxException cause) {
        String message = cause.getOriginalMessage();
        if (message.startsWith(UNEXPECTED)) {
            String found = text.word(cause.getStartLine(), cause.getStartColumn());
            boolean isText = found.startsWith("'") || found.startsWith("\"");
            return "unexpected " + (found.isEmpty() ? "end of the line" : isText ? found : "'" + found + "'")
                    + "; a comma, an operator or a bracket may be missing before it";
        }
        return "this is not valid Groovy: "
                + (message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…");
    }
}
