package dev.backfill.dsl.reference;

import dev.backfill.dsl.BackfillScript;
import dev.backfill.dsl.word.Catalog;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Keys;
import dev.backfill.words.Word;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes all words of the language as one page, from the annotations that the checker reads too. */
public final class WordReference {
    private static final String HEAD = """
        # Words

        Every word of a script, as its own annotation describes it. Made from the code; do not edit.
        A word in **bold** is required in its block; one with + may be repeated.
        """;

    private WordReference() {}

    /** The page, in Markdown, of all types with words that are wanted. */
    public static String of(Catalog catalog, Predicate<Class<?>> wanted) {
        List<Vocabulary> types = catalog.all().stream()
                .filter(words -> wanted.test(words.type()) && !words.names().isEmpty())
                .toList();
        Stream<String> blocks = sections(types, WordReference::inBraces);
        Stream<String> values = sections(types, words -> !inBraces(words));
        return Stream.concat(blocks, values).collect(Collectors.joining("\n", HEAD + "\n", ""));
    }

    private static boolean inBraces(Vocabulary words) {
        return words.isBlock() || words.type() == BackfillScript.class;
    }

    private static Stream<String> sections(List<Vocabulary> types, Predicate<Vocabulary> kind) {
        return types.stream().filter(kind).map(WordReference::section);
    }

    private static String section(Vocabulary words) {
        String lines = words.names().stream().map(name -> line(words, name)).collect(Collectors.joining());
        return "## " + title(words) + "\n\n| word | | example |\n| --- | --- | --- |\n" + lines;
    }

    private static String title(Vocabulary words) {
        if (words.type() == BackfillScript.class) {
            return "In every script";
        }
        return words.isBlock() ? "Inside " + words.noun() + " { }" : "Of " + words.noun();
    }

    private static String line(Vocabulary words, String name) {
        String mark = words.is(name, Word::required) ? "**" : "";
        String repeats = words.is(name, Word::repeats) ? " +" : "";
        String described =
                words.descriptions(name).stream().map(Word::value).distinct().collect(Collectors.joining(" "));
        String example = words.example(name)
                .map(text -> "`" + text.replace("|", "\\|") + "`")
                .orElse("");
        return "| " + mark + "`" + name + "`" + mark + repeats + " | " + described + named(words, name) + " | "
                + example + " |\n";
    }

    private static String named(Vocabulary words, String name) {
        List<String> keys = words.methods(name).stream()
                .flatMap(WordReference::keys)
                .distinct()
                .map(key -> "`" + key + ":`")
                .toList();
        return keys.isEmpty() ? "" : " By name: " + String.join(", ", keys) + ".";
    }

    private static Stream<String> keys(Method method) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(Keys.class))
                .filter(keys -> keys != null && !Arrays.asList(keys.value()).contains("*"))
                .flatMap(keys -> Arrays.stream(keys.value()));
    }
}
