package dev.backfill.dsl.reference;

import dev.backfill.dsl.word.Catalog;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Task;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes all words of the language as one page, from the annotations that the checker reads too. */
public final class WordReference {
    private static final String HEAD = """
        # Words of a script

        Every word that a script can use, by what it is for. This page is made from the code; do not edit it.

        How to read it:

        - **Used** says where a word can be used: in a block, in every script, or on a value, as `key` on the table in
          `postgres().table('items').key('id')`. A **required** word must be in its block.
        - **Signature**: each argument has its type before its name. `[name: type]` can be left out, `String...` takes one or
          more, and `{ … }` is a block or a function in braces. In a block the parentheses can be left out: `batch 1000`.
        - **Gives** is the value of the word; a word of a block gives none.
        - A function `{ record -> … }` receives a record, `{ totals -> … }` the counts of what was done.
        """;

    private final List<Entry> entries;

    private WordReference(List<Entry> entries) {
        this.entries = entries;
    }

    /** The page, in Markdown, of all types with words that are wanted. */
    public static String of(Catalog catalog, Predicate<Class<?>> wanted) {
        List<Vocabulary> types = catalog.all().stream()
                .filter(words -> wanted.test(words.type()))
                .toList();
        Map<String, Entry> entries = new LinkedHashMap<>();
        types.stream()
                .map(words -> new Place(words, givers(words.type(), types)))
                .flatMap(place -> place.words().names().stream().map(name -> new Entry(name, List.of(place))))
                .forEach(entry -> entries.merge(entry.shared(), entry, WordReference::together));
        return new WordReference(List.copyOf(entries.values())).page();
    }

    private static List<String> givers(Class<?> type, List<Vocabulary> types) {
        return types.stream()
                .filter(words -> words.type() != type)
                .flatMap(words -> words.names().stream().flatMap(name -> words.methods(name).stream()))
                .filter(method -> method.getReturnType() == type)
                .map(Method::getName)
                .distinct()
                .toList();
    }

    private static Entry together(Entry one, Entry other) {
        List<Place> places = new ArrayList<>(one.places());
        places.addAll(other.places());
        return new Entry(one.name(), places);
    }

    private String page() {
        Stream<String> contents = Arrays.stream(Task.values()).map(this::links);
        Stream<String> sections = Arrays.stream(Task.values()).map(this::section);
        return HEAD + "\n## Contents\n\n" + contents.collect(Collectors.joining())
                + sections.collect(Collectors.joining());
    }

    private String links(Task task) {
        String words = of(task).map(
                        entry -> Markdown.link(entry.heading(isAlone(entry)), entry.heading(isAlone(entry))))
                .collect(Collectors.joining(", "));
        return "- **" + Markdown.link(task.title(), task.title()) + "**: " + words + "\n";
    }

    private String section(Task task) {
        String words =
                of(task).map(entry -> "\n" + entry.section(isAlone(entry))).collect(Collectors.joining());
        return "\n## " + task.title() + "\n\n" + task.about() + "\n" + words;
    }

    private Stream<Entry> of(Task task) {
        return entries.stream().filter(entry -> entry.task() == task);
    }

    private boolean isAlone(Entry entry) {
        return entries.stream()
                        .filter(other -> other.name().equals(entry.name()))
                        .count()
                == 1;
    }
}
