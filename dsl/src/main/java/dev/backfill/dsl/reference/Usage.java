package dev.backfill.dsl.reference;

import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Root;
import dev.backfill.words.Word;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes one way in which a word can be used.
 *
 * @param method the way with all its arguments
 * @param described its sentence and its example
 */
record Usage(Method method, Word described) {
    /** The ways of a word; one that only lacks the named arguments of another one is part of that one. */
    static List<Usage> of(Vocabulary words, String name) {
        List<Method> methods = words.methods(name);
        return methods.stream()
                .filter(method -> methods.stream().noneMatch(other -> isShortFor(method, other)))
                .map(method -> new Usage(method, described(method, methods)))
                .toList();
    }

    private static Word described(Method method, List<Method> methods) {
        return Stream.concat(Stream.of(method), methods.stream().filter(other -> isShortFor(other, method)))
                .flatMap(one -> Stream.ofNullable(one.getAnnotation(Word.class)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(method + " is not described"));
    }

    private static boolean isShortFor(Method shorter, Method longer) {
        List<Type> all = List.of(longer.getGenericParameterTypes());
        return keys(longer).stream()
                        .anyMatch(keys -> Arrays.stream(keys.value()).noneMatch(Key::required))
                && List.of(shorter.getGenericParameterTypes()).equals(all.subList(1, all.size()));
    }

    /** A row of a table: signature, what it gives, what it does, example. */
    String row() {
        String gives = method.getReturnType() == void.class || method.isAnnotationPresent(Root.class)
                ? ""
                : Types.name(method.getReturnType());
        return Markdown.row(
                Markdown.code(signature()),
                gives,
                Markdown.text(described.value()),
                Markdown.code(described.example()));
    }

    /** A row for each named argument. */
    Stream<String> named() {
        return names().stream().flatMap(names -> names.rows(described.example()));
    }

    private String signature() {
        List<String> parts = new ArrayList<>();
        String function = "";
        for (int place = names().isPresent() ? 1 : 0; place < method.getParameterCount(); place++) {
            String braces = Types.function(method.getGenericParameterTypes()[place]);
            if (braces.isEmpty()) {
                parts.add(parameter(method.getParameters()[place]));
            } else {
                function = " " + braces;
            }
        }
        names().ifPresent(names -> parts.addAll(names.texts()));
        boolean bare = parts.isEmpty() && !function.isEmpty();
        return method.getName() + (bare ? "" : "(" + String.join(", ", parts) + ")") + function;
    }

    private static String parameter(Parameter parameter) {
        if (parameter.isVarArgs()) {
            return Types.name(parameter.getType().getComponentType()) + "... " + parameter.getName();
        }
        String type = Types.name(parameter.getType());
        return type.equals(parameter.getName()) ? type : type + " " + parameter.getName();
    }

    private Optional<NamedParameter> names() {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Keys.class))
                .map(NamedParameter::new)
                .findFirst();
    }

    private static Optional<Keys> keys(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(Keys.class)))
                .findFirst();
    }
}
