package dev.backfill.dsl.check;

import dev.backfill.dsl.function.ScriptFunction;
import dev.backfill.dsl.word.Catalog;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.Secret;
import dev.backfill.words.Word;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/** Holds the arguments of a word against the ways in which it can be used. */
final class Acceptance {
    private final Checker checker;
    private final NamedArguments named;

    Acceptance(Checker checker) {
        this.checker = checker;
        this.named = new NamedArguments(checker);
    }

    /** Reports a word that stands in its block once too often. */
    void useOnce(MethodCallExpression call, String name, Vocabulary words) {
        if (checker.scope().use(name) == 2 && !words.is(name, Word::repeats)) {
            checker.report(
                    call,
                    name,
                    "'" + name + "' is given twice in " + checker.scope().label());
        }
    }

    void accept(MethodCallExpression call, String name, Vocabulary words, Value on) {
        List<Argument> arguments = arguments(call);
        Optional<Signature> fitting = fitting(words, name, arguments);
        if (fitting.isPresent()) {
            take(new Use(call, name, fitting.get(), arguments), words, on);
        } else {
            refuse(call, name, words, arguments);
            recover(call, name, words);
        }
    }

    /** Goes on as if a misspelt word had been the one that is meant, so that what follows from it is checked too. */
    void guess(MethodCallExpression call, String meant, Vocabulary words, Value on) {
        List<Argument> arguments = arguments(call);
        fitting(words, meant, arguments)
                .ifPresentOrElse(
                        signature -> take(new Use(call, meant, signature, arguments), words, on),
                        () -> recover(call, meant, words));
    }

    private List<Argument> arguments(MethodCallExpression call) {
        List<Expression> expressions = Rewrite.arguments(call);
        expressions.forEach(this::visit);
        return expressions.stream()
                .map(expression -> new Argument(expression, checker.value(expression)))
                .toList();
    }

    private static Optional<Signature> fitting(Vocabulary words, String name, List<Argument> arguments) {
        return words.methods(name).stream()
                .map(Signature::new)
                .filter(signature -> signature.fits(arguments))
                .min(Comparator.comparing(signature -> signature.reads(arguments)));
    }

    private void recover(MethodCallExpression call, String name, Vocabulary words) {
        bodies(call, name, words, Rewrite.arguments(call));
        if (!words.equals(checker.catalog().functions())) { // the author may have meant another function
            checker.know(call, Value.of(Flow.given(words.methods(name).get(0))));
        }
    }

    /** Walks through the braces of a call that is wrong in itself. */
    private void bodies(MethodCallExpression call, String name, Vocabulary words, List<Expression> arguments) {
        if (arguments.isEmpty() || !(arguments.get(arguments.size() - 1) instanceof ClosureExpression body)) {
            return;
        }
        Optional<Type> last = words.methods(name).stream()
                .filter(method -> method.getParameterCount() > 0)
                .map(method -> method.getGenericParameterTypes()[method.getParameterCount() - 1])
                .filter(type -> Catalog.block(type).isPresent() || type == RecordFunction.class)
                .findFirst();
        Optional<Vocabulary> block = last.flatMap(Catalog::block);
        if (block.isPresent()) {
            block(body, block.get(), call, name);
        } else {
            checker.function(body, last.isPresent() ? record() : Value.UNKNOWN);
        }
    }

    /** One call of a word that takes the arguments. */
    private record Use(MethodCallExpression call, String name, Signature signature, List<Argument> arguments) {}

    private void take(Use use, Vocabulary words, Value on) {
        if (words.is(use.name(), Word::unique)) {
            nameOnce(use);
        }
        Flow flow = new Flow(on);
        for (int i = 0; i < use.arguments().size() && use.signature().method().getParameterCount() > 0; i++) {
            argument(use, i);
            flow.follow(use.signature().parameter(i), use.arguments().get(i));
        }
        checker.know(
                use.call(),
                variable(use, words)
                        .map(Value::ofVariable)
                        .orElseGet(() -> flow.result(use.signature(), use.arguments())));
        if (checker.scope().block().filter(words::equals).isPresent()) {
            checker.scope().columns().follow(use.name(), use.arguments());
            checker.counters().follow(use.name(), use.arguments());
        }
    }

    /** The variable whose text the call gives, if it has no default that says what else it is. */
    private Optional<String> variable(Use use, Vocabulary words) {
        boolean text = words.equals(checker.catalog().functions())
                && use.name().equals("env")
                && use.arguments().size() == 1;
        return text && use.arguments().get(0).expression() instanceof ConstantExpression name
                ? Optional.of(name.getText())
                : Optional.empty();
    }

    private void argument(Use use, int place) {
        Argument argument = use.arguments().get(place);
        if (argument.isReadAs(use.signature().type(place))) {
            Rewrite.arguments(use.call())
                    .set(
                            place,
                            Rewrite.read(
                                    checker.script(), argument, use.signature().type(place)));
        } else if (argument.expression() instanceof ClosureExpression body) {
            Rewrite.arguments(use.call()).set(place, braces(use, use.signature().genericType(place), body));
        } else if (argument.expression() instanceof MapExpression map) {
            named.check(map, use.signature().parameter(place), use.name(), record());
        }
        List<String> choices = use.signature().choices(place);
        if (!choices.isEmpty() && argument.expression() instanceof ConstantExpression given) {
            named.choice(given, choices);
        }
    }

    /** What stands in the script instead of the braces. */
    private Expression braces(Use use, Type parameter, ClosureExpression body) {
        Optional<Vocabulary> block = Catalog.block(parameter);
        if (block.isPresent()) {
            block(body, block.get(), use.call(), use.name());
            return Rewrite.block(body, checker.fingerprints().of(body));
        }
        checker.function(body, parameter == RecordFunction.class ? record() : Value.UNKNOWN);
        return isOurs(parameter) ? Rewrite.function(body) : body;
    }

    /** Any other interface takes the function as Groovy gives it. */
    private static boolean isOurs(Type parameter) {
        return parameter instanceof Class<?> type
                && Argument.isFunctional(type)
                && type.isAssignableFrom(ScriptFunction.class);
    }

    private void block(ClosureExpression body, Vocabulary words, MethodCallExpression call, String name) {
        checker.in(checker.scope().block(words), () -> {
            body.getCode().visit(checker.walk());
            words.names().stream()
                    .filter(word -> words.is(word, Word::required) && !given(words, word))
                    .forEach(word -> checker.report(
                            call, name, label(call, name) + " has no '" + word + "'" + Phrases.example(words, word)));
            checker.scope().columns().finish(checker.findings());
        });
    }

    private boolean given(Vocabulary words, String word) {
        return checker.scope().uses(word)
                || words.descriptions(word).stream()
                        .map(Word::instead)
                        .anyMatch(other -> checker.scope().uses(other));
    }

    /** Blocks of the same kind have names of their own. */
    private void nameOnce(Use use) {
        Expression first = use.arguments().get(0).expression();
        if (first instanceof ConstantExpression name && checker.scope().use(use.name() + " '" + name.getText()) == 2) {
            checker.findings()
                    .addQuoted(
                            name, name.getText(), "there are two " + use.name() + "s called '" + name.getText() + "'");
        }
    }

    private void refuse(MethodCallExpression call, String name, Vocabulary words, List<Argument> arguments) {
        boolean needs =
                arguments.isEmpty() && words.methods(name).stream().allMatch(method -> method.getParameterCount() > 0);
        String wrong = needs ? "needs a value" : "cannot take " + Phrases.given(arguments);
        checker.report(
                call,
                name,
                "'" + name + "' " + wrong
                        + secret(words, name, arguments).orElseGet(() -> Phrases.example(words, name, arguments)));
    }

    /** What to write where a text was given for a value that must never be printed. */
    private static Optional<String> secret(Vocabulary words, String name, List<Argument> arguments) {
        return IntStream.range(0, arguments.size())
                .filter(place -> arguments.get(place).isText() && wantsSecret(words, name, arguments.size(), place))
                .mapToObj(place -> "; it may contain a password, so it must be a secret: write secret('"
                        + variable(arguments.get(place).expression()) + "') there")
                .findFirst();
    }

    private static boolean wantsSecret(Vocabulary words, String name, int count, int place) {
        return words.methods(name).stream()
                .anyMatch(method ->
                        method.getParameterCount() == count && method.getParameterTypes()[place] == Secret.class);
    }

    /** The variable that is named in {@code env('X')}. */
    private static String variable(Expression expression) {
        boolean named = expression instanceof MethodCallExpression call
                && call.getMethodAsString() != null
                && call.getMethodAsString().equals("env")
                && Rewrite.arguments(call).size() > 0
                && Rewrite.arguments(call).get(0) instanceof ConstantExpression;
        return named
                ? Rewrite.arguments((MethodCallExpression) expression).get(0).getText()
                : "NAME_OF_A_VARIABLE";
    }

    private void visit(Expression argument) {
        if (argument instanceof MapExpression map) {
            checker.know(map, Value.of(java.util.Map.class));
            map.getMapEntryExpressions().stream()
                    .peek(entry -> checker.walk().key(entry))
                    .map(MapEntryExpression::getValueExpression)
                    .filter(value -> !(value instanceof ClosureExpression))
                    .forEach(value -> value.visit(checker.walk()));
        } else if (!(argument instanceof ClosureExpression)) {
            argument.visit(checker.walk());
        }
    }

    private Value record() {
        return Value.record(checker.scope().columns().record());
    }

    private static String label(MethodCallExpression call, String name) {
        return Rewrite.arguments(call).stream()
                .filter(ConstantExpression.class::isInstance)
                .map(argument -> name + " '" + argument.getText() + "'")
                .findFirst()
                .orElse(name);
    }
}
