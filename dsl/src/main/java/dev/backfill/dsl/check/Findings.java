package dev.backfill.dsl.check;

import dev.backfill.dsl.mistake.Mistake;
import dev.backfill.dsl.mistake.ScriptText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;

/** Collects the mistakes of one script. Used by one thread. */
final class Findings {
    private final ScriptText text;
    private final List<Mistake> found = new ArrayList<>();

    Findings(ScriptText text) {
        this.text = text;
    }

    ScriptText text() {
        return text;
    }

    /** Notes a mistake at a name. */
    void add(ASTNode place, String name, String message) {
        add(place, name.length(), message);
    }

    /** Notes a mistake at a text in quotes. */
    void addQuoted(ASTNode place, String name, String message) {
        add(place, name.length() + 2, message);
    }

    /** Notes a mistake at the name of something declared, which begins with its type. */
    void addDeclared(ASTNode declaration, String name, String message) {
        found.add(text.mistake(declaration.getLineNumber(), name, message));
    }

    /** Each mistake once, in the order of the script. */
    List<Mistake> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Mistake::line).thenComparing(Mistake::column))
                .distinct()
                .toList();
    }

    private void add(ASTNode place, int width, String message) {
        found.add(text.mistake(place.getLineNumber(), place.getColumnNumber(), width, message));
    }
}
