package dev.backfill.dsl.check;

import dev.backfill.connector.Row;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Word;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;

/** Words things as every message does. */
final class Phrases {
    private Phrases() {}

    static String withArticle(String noun) {
        boolean vowel = "aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0;
        return (noun.endsWith("s") ? "" : vowel ? "an " : "a ") + noun;
    }

    /** The line to copy. */
    static String example(Vocabulary words, String name) {
        return words.example(name).map(line -> "; write: " + line).orElse("");
    }

    /** The line to copy, of the use that has a place for each of these arguments; else of the first use. */
    static String example(Vocabulary words, String name, List<Argument> arguments) {
        return words.methods(name).stream()
                .filter(method -> !arguments.isEmpty() && arguments.stream().allMatch(given -> hasPlace(method, given)))
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(Word.class)))
                .map(word -> "; write: " + word.example())
                .findFirst()
                .orElseGet(() -> example(words, name));
    }

    private static boolean hasPlace(Method method, Argument given) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(given::fits);
    }

    static String columns(Collection<String> names) {
        return " (columns: " + String.join(", ", names) + ")";
    }

    /** What was given to a word, as its author would call it. */
    static String given(List<Argument> arguments) {
        return arguments.stream().map(Phrases::given).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String given(Argument argument) {
        Expression expression = argument.expression();
        if (expression instanceof ClosureExpression) {
            return "{ … }";
        } else if (expression instanceof MapExpression map) {
            return map.getMapEntryExpressions().stream()
                    .map(entry -> entry.getKeyExpression().getText() + ":")
                    .collect(Collectors.joining(", "));
        }
        return argument.value().isUnknown() ? "?" : type(argument.value().type());
    }

    static String type(Class<?> type) {
        if (Number.class.isAssignableFrom(type)) {
            return type == Integer.class ? "whole number" : "number";
        } else if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (type == Row.class) {
            return "record";
        }
        return Map.class.isAssignableFrom(type) ? "map" : withArticle(new Vocabulary(type).noun());
    }
}
