package dev.backfill.dsl.check;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.RecordFunction;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Nearest;
import dev.backfill.words.OneOf;
import dev.backfill.words.RenamedWords;
import dev.backfill.words.RenamedWords.Renamed;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;

/** Checks what a script gives by name. */
final class NamedArguments {
    private final Checker checker;

    NamedArguments(Checker checker) {
        this.checker = checker;
    }

    void check(MapExpression given, Parameter parameter, String word, Value record) {
        Keys keys = parameter.getAnnotation(Keys.class);
        if (keys == null) {
            functions(given);
            return;
        }
        given.getMapEntryExpressions().forEach(entry -> entry(entry, keys, word, record));
        OneOf choices = parameter.getAnnotation(OneOf.class);
        if (choices != null) {
            literals(given).forEach(value -> choice(value, List.of(choices.value())));
        }
        missing(given, keys, word);
    }

    /** Reports a text that is none of those that may stand there. */
    void choice(ConstantExpression given, List<String> choices) {
        if (given.getValue() instanceof String text && !choices.contains(text)) {
            String hint = Nearest.to(text, choices)
                    .map(near -> ", did you mean '" + near + "'?")
                    .orElse("; it can be " + String.join(", ", choices));
            checker.findings().addQuoted(given, text, "'" + text + "' is not known here" + hint);
        }
    }

    private void entry(MapEntryExpression entry, Keys keys, String word, Value record) {
        String name = entry.getKeyExpression().getText();
        List<String> known = names(keys);
        if (known.contains(name)) {
            Key key = keys.value()[known.indexOf(name)];
            value(entry, name, key.type(), record);
            column(entry.getValueExpression(), key, record);
        } else if (RenamedWords.argument(word, name).isPresent()) {
            Renamed renamed = RenamedWords.argument(word, name).orElseThrow();
            checker.findings().add(entry.getKeyExpression(), name, renamed.message());
            String now = renamed.now().replace(":", "");
            value(entry, now, keys.value()[known.indexOf(now)].type(), record);
        } else if (!keys.any().isEmpty()) {
            functions(entry.getValueExpression());
        } else {
            functions(entry.getValueExpression());
            String hint = Nearest.to(name, known)
                    .map(near -> ", did you mean '" + near + ":'?")
                    .orElse("; it has " + known.stream().map(one -> one + ":").collect(Collectors.joining(", ")));
            checker.findings().add(entry.getKeyExpression(), name, "'" + word + "' has no '" + name + ":'" + hint);
        }
    }

    private void value(MapEntryExpression entry, String name, Class<?> type, Value record) {
        Expression given = entry.getValueExpression();
        Argument argument = new Argument(given, checker.value(given));
        if (!argument.fits(type)) {
            checker.findings().add(entry.getKeyExpression(), name, "'" + name + ":' takes " + wanted(type));
        } else if (argument.isReadAs(type)) {
            entry.setValueExpression(Rewrite.read(checker.script(), argument, type));
        }
        if (given instanceof ClosureExpression body) {
            boolean ofRecord = type == RecordFunction.class;
            checker.function(body, ofRecord ? record : Value.UNKNOWN);
            if (ofRecord || type == CheckFunction.class) {
                entry.setValueExpression(Rewrite.function(body));
            }
        }
    }

    private void column(Expression given, Key key, Value record) {
        if (key.column() && given instanceof ConstantExpression column) {
            record.columns()
                    .map(java.util.Map::keySet)
                    .filter(known -> !known.contains(column.getText()))
                    .ifPresent(known -> {
                        String hint = Nearest.hint(column.getText(), known) + Phrases.columns(known);
                        checker.findings()
                                .addQuoted(
                                        column,
                                        column.getText(),
                                        "the record has no column '" + column.getText() + "'" + hint);
                    });
        }
    }

    private void missing(MapExpression given, Keys keys, String word) {
        Set<String> lacking = Arrays.stream(keys.value())
                .filter(Key::required)
                .map(Key::name)
                .collect(Collectors.toCollection(TreeSet::new));
        given.getMapEntryExpressions()
                .forEach(entry -> lacking.remove(entry.getKeyExpression().getText()));
        // a misspelt name has been told already
        boolean allKnown = given.getMapEntryExpressions().stream()
                .allMatch(entry -> names(keys).contains(entry.getKeyExpression().getText()));
        Optional<String> first = lacking.stream().filter(name -> allKnown).findFirst();
        first.ifPresent(name -> checker.findings()
                .add(
                        given.getMapEntryExpressions().get(0).getKeyExpression(),
                        word,
                        "'" + word + "' needs '" + name + ":'"));
    }

    private void functions(MapExpression given) {
        given.getMapEntryExpressions().forEach(entry -> functions(entry.getValueExpression()));
    }

    private void functions(Expression value) {
        if (value instanceof ClosureExpression body) {
            checker.function(body, Value.UNKNOWN);
        }
    }

    private static List<ConstantExpression> literals(MapExpression given) {
        return given.getMapEntryExpressions().stream()
                .map(MapEntryExpression::getValueExpression)
                .filter(ConstantExpression.class::isInstance)
                .map(ConstantExpression.class::cast)
                .toList();
    }

    private static List<String> names(Keys keys) {
        return Arrays.stream(keys.value()).map(Key::name).toList();
    }

    private static String wanted(Class<?> type) {
        if (type == RecordFunction.class || type == CheckFunction.class) {
            return type == RecordFunction.class ? "a function: { r -> … }" : "a function: { … }";
        }
        String wanted = Phrases.type(type);
        return wanted.startsWith("a") || wanted.startsWith("true") ? wanted : Phrases.withArticle(wanted);
    }
}
