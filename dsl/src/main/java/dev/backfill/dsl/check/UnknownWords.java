package dev.backfill.dsl.check;

import dev.backfill.dsl.word.Catalog;
import dev.backfill.dsl.word.Modules;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Nearest;
import dev.backfill.words.RenamedWords;
import dev.backfill.words.RenamedWords.Renamed;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/** Says of a name that means nothing where it stands what is probably wrong with it. */
final class UnknownWords {
    private static final Set<String> PRINTING = Set.of("println", "print", "printf");

    private final Checker checker;
    private final Acceptance acceptance;

    UnknownWords(Checker checker, Acceptance acceptance) {
        this.checker = checker;
        this.acceptance = acceptance;
    }

    void check(MethodCallExpression call, String name) {
        Set<String> homes = checker.catalog().homes(name);
        String place = checker.scope().label();
        Optional<Renamed> renamed = renamed(name);
        if (renamed.isPresent()) {
            checker.report(call, name, renamed.get().message());
            continueWith(call, renamed.get().now());
            return;
        } else if (name.equals("sleep")) {
            checker.report(call, name, "no 'sleep' in a script: the runtime waits; write: throttle { pause 1.0 }");
        } else if (PRINTING.contains(name)) {
            checker.report(call, name, "no '" + name + "' in a script: the runtime reports what happens");
        } else if (!homes.isEmpty()) {
            String right = String.join(" { } or ", homes) + " { }";
            checker.report(call, name, "'" + name + "' is no word of " + place + "; it belongs in " + right);
        } else if (Modules.words().contains(name)) {
            String line = Modules.line(name, checker.findings().text().lines().stream());
            checker.report(call, name, "'" + name + "' comes with another module; add the line: " + line);
        } else {
            misspelt(call, name, place);
            return;
        }
        visit(call);
    }

    private void misspelt(MethodCallExpression call, String name, String place) {
        Optional<String> meant = Nearest.to(name, known());
        checker.report(call, name, "unknown word '" + name + "' in " + place + Nearest.hint(name, known()));
        meant.ifPresentOrElse(word -> continueWith(call, word), () -> visit(call));
    }

    /** What the name was until 0.1, if it was a word here. */
    private Optional<Renamed> renamed(String name) {
        return checker.scope()
                .block()
                .flatMap(words -> RenamedWords.word(words.noun(), name).filter(word -> words.has(word.now())))
                .or(() -> RenamedWords.function(name));
    }

    private void continueWith(MethodCallExpression call, String meant) {
        Optional<Vocabulary> words = vocabulary(meant);
        if (words.isPresent()) {
            checker.scope().use(meant);
            acceptance.guess(call, meant, words.get(), Value.UNKNOWN);
        } else {
            visit(call);
        }
    }

    private Optional<Vocabulary> vocabulary(String word) {
        Catalog catalog = checker.catalog();
        if (checker.scope().isWord(word)) {
            return checker.scope().block();
        } else if (catalog.functions().has(word)) {
            return Optional.of(catalog.functions());
        }
        return Optional.ofNullable(catalog.connectors().get(word));
    }

    /** What stands in braces is not walked through: it is not known which words hold there. */
    private void visit(MethodCallExpression call) {
        Rewrite.arguments(call).stream()
                .filter(argument -> !(argument instanceof ClosureExpression))
                .forEach(argument -> argument.visit(checker.walk()));
    }

    private Set<String> known() {
        Catalog catalog = checker.catalog();
        Set<String> known = new TreeSet<>(catalog.connectors().keySet());
        known.addAll(catalog.functions().names());
        known.addAll(checker.names().methodNames());
        if (!checker.scope().isTop()) {
            known.removeAll(catalog.roots());
        }
        checker.scope().block().ifPresent(words -> known.addAll(words.names()));
        return known;
    }
}
