package dev.backfill.dsl.check;

import dev.backfill.dsl.Running;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Nearest;
import dev.backfill.words.RenamedWords;
import dev.backfill.words.RenamedWords.Renamed;
import java.util.Objects;
import java.util.Set;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/** Finds out for every call what is called, and makes sure that the call then reaches it. */
final class Calls {
    private static final Set<String> OPENING = Set.of("with", "tap");

    private final Checker checker;
    private final Acceptance acceptance;
    private final UnknownWords unknownWords;

    Calls(Checker checker) {
        this.checker = checker;
        this.acceptance = new Acceptance(checker);
        this.unknownWords = new UnknownWords(checker, acceptance);
    }

    void check(MethodCallExpression call, String name) {
        if (call.isImplicitThis()) {
            alone(call, name);
        } else {
            onValue(call, name);
        }
    }

    private void onValue(MethodCallExpression call, String name) {
        call.getObjectExpression().visit(checker.walk());
        Value on = checker.value(call.getObjectExpression());
        if (!on.hasWords()) {
            visitArguments(call, name);
        } else if (on.vocabulary().has(name)) {
            acceptance.accept(call, name, on.vocabulary(), on);
        } else if (RenamedWords.word(on.vocabulary().noun(), name).isPresent()) {
            Renamed renamed = RenamedWords.word(on.vocabulary().noun(), name).orElseThrow();
            checker.report(call, name, renamed.message());
            acceptance.guess(call, renamed.now(), on.vocabulary(), on);
        } else {
            Vocabulary words = on.vocabulary();
            String noun = Phrases.withArticle(words.noun());
            checker.report(call, name, noun + " has no '" + name + "'" + Nearest.hint(name, words.names()));
            Nearest.to(name, words.names())
                    .ifPresentOrElse(
                            meant -> acceptance.guess(call, meant, words, on),
                            () -> call.getArguments().visit(checker.walk()));
        }
    }

    private void visitArguments(MethodCallExpression call, String name) {
        if (OPENING.contains(name)) {
            checker.in(checker.scope().open(), () -> call.getArguments().visit(checker.walk()));
        } else {
            call.getArguments().visit(checker.walk());
        }
    }

    private void alone(MethodCallExpression call, String name) {
        Scope scope = checker.scope();
        if (scope.find(name).isPresent()) {
            variable(call, name);
        } else if (scope.isWord(name)) {
            word(call, name);
        } else if (checker.names().hasMethod(name)) {
            own(call, name);
        } else if (checker.catalog().roots().contains(name) && !checker.scope().isTop()) {
            checker.report(call, name, "'" + name + "' is used by itself, outside of every block");
        } else if (checker.catalog().functions().has(name)) {
            function(call, name);
        } else if (checker.catalog().connectors().containsKey(name)) {
            connector(call, name);
        } else if (scope.isOpen() || checker.names().importsMethod(name)) {
            call.getArguments().visit(checker.walk());
        } else {
            unknownWords.check(call, name);
        }
    }

    private void variable(MethodCallExpression call, String name) {
        if (checker.scope().isWord(name)) {
            checker.report(
                    call,
                    name,
                    "the variable '" + name + "' hides the word '" + name + "' here; call the variable something else");
        }
        call.getArguments().visit(checker.walk());
    }

    private void word(MethodCallExpression call, String name) {
        Vocabulary words = checker.scope().block().orElseThrow();
        acceptance.useOnce(call, name, words);
        acceptance.accept(call, name, words, Value.UNKNOWN);
    }

    private void own(MethodCallExpression call, String name) {
        int given = Rewrite.arguments(call).size();
        boolean spread = Rewrite.arguments(call).stream().anyMatch(one -> new Argument(one, Value.UNKNOWN).isSpread());
        if (!spread && !checker.names().takes(name, given)) {
            checker.report(
                    call, name, "'" + name + "' takes " + checker.names().parameters(name) + "; " + given + " given");
        }
        call.getArguments().visit(checker.walk());
        call.setObjectExpression(checker.script());
        call.setImplicitThis(false);
    }

    private void function(MethodCallExpression call, String name) {
        Vocabulary functions = checker.catalog().functions();
        boolean running =
                functions.methods(name).stream().anyMatch(method -> method.isAnnotationPresent(Running.class));
        if (running && !checker.scope().inFunction()) {
            checker.report(call, name, "'" + name + "' is known only inside beforeRun { } or a function");
        }
        root(call, name);
        acceptance.accept(call, name, functions, Value.UNKNOWN);
        call.setObjectExpression(checker.script());
        call.setImplicitThis(false);
    }

    private void root(MethodCallExpression call, String name) {
        if (checker.catalog().roots().contains(name) && checker.scope().use("the root") == 2) {
            checker.report(call, name, "a script declares one thing; '" + name + "' would be a second");
        }
    }

    private void connector(MethodCallExpression call, String name) {
        Vocabulary words = Objects.requireNonNull(checker.catalog().connectors().get(name));
        root(call, name);
        acceptance.accept(call, name, words, Value.UNKNOWN);
        call.setObjectExpression(Rewrite.onScript("words", Rewrite.classOf(words.type())));
        call.setImplicitThis(false);
        if (checker.catalog().roots().contains(name)) {
            Rewrite.asArgument(call, "entry");
        }
    }
}
