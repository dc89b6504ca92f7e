package dev.backfill.dsl.reference;

import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.OneOf;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Writes what can be given by name in one use of a word. */
record NamedParameter(Parameter parameter) {
    /** As a signature has them, with brackets around what can be left out. */
    List<String> texts() {
        return isOpen()
                ? List.of("name: " + value(keys().type()) + ", …")
                : Arrays.stream(keys().value()).map(NamedParameter::text).toList();
    }

    /** A row for each: name, type, what applies without it, what it does, example. */
    Stream<String> rows(String example) {
        return isOpen()
                ? Stream.of(Markdown.row(
                        "any name", type(keys().type()), "", Markdown.text(keys().any()), Markdown.code(example)))
                : Arrays.stream(keys().value()).map(this::row);
    }

    private String row(Key key) {
        return Markdown.row(
                Markdown.code(key.name() + ":"),
                type(key.type()),
                key.required() ? "required" : Markdown.text(key.otherwise()),
                Markdown.text(key.value()),
                Markdown.code(key.example()));
    }

    private static String text(Key key) {
        String text = key.name() + ": " + value(key.type());
        return key.required() ? text : "[" + text + "]";
    }

    private static String value(Class<?> type) {
        return type == Object.class ? "value" : Types.name(type);
    }

    private String type(Class<?> type) {
        OneOf choices = parameter.getAnnotation(OneOf.class);
        boolean chosen = choices != null && !Number.class.isAssignableFrom(type);
        String function = Types.function(type);
        return chosen
                ? "one of " + String.join(", ", choices.value())
                : function.isEmpty() ? type == Object.class ? "any" : Types.name(type) : Markdown.code(function);
    }

    private boolean isOpen() {
        return !keys().any().isEmpty();
    }

    private Keys keys() {
        return parameter.getAnnotation(Keys.class);
    }
}
