package dev.backfill.dsl.word;

import dev.backfill.dsl.BackfillScript;
import dev.backfill.plan.WordProvider;
import dev.backfill.words.Root;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All words of the language: the script's own functions, those of every connector on the class path, and of all blocks. */
public final class Catalog {
    private static final String BACKFILL = "backfill";

    private final Vocabulary functions = new Vocabulary(BackfillScript.class);
    private final Map<String, Vocabulary> connectors = new TreeMap<>();
    private final Map<String, Set<String>> homes = new TreeMap<>();
    private final List<Vocabulary> all = new ArrayList<>();
    private final Set<String> roots = new TreeSet<>(Set.of(BACKFILL));

    private Catalog() {}

    /** Reads them from what these loaders see. */
    public static Catalog read(List<ClassLoader> loaders) {
        Catalog catalog = new Catalog();
        Set<Class<?>> seen = new HashSet<>();
        catalog.index(catalog.functions, seen);
        loaders.stream()
                .flatMap(loader -> ServiceLoader.load(WordProvider.class, loader).stream())
                .<Class<?>>map(provider -> provider.get().words())
                .sorted(Comparator.comparing(Class::getName)) // a class path has an order by chance
                .forEach(words -> catalog.add(new Vocabulary(words), seen));
        return catalog;
    }

    /** The functions that every script has. */
    public Vocabulary functions() {
        return functions;
    }

    /** The words that connectors add, each with the interface that has it. */
    public Map<String, Vocabulary> connectors() {
        return connectors;
    }

    /** The words that stand alone in a script. */
    public Set<String> roots() {
        return roots;
    }

    /** Every type that has words, each after the one that leads to it. */
    public List<Vocabulary> all() {
        return all;
    }

    /** The blocks that have the word. */
    public Set<String> homes(String word) {
        return homes.getOrDefault(word, Set.of());
    }

    /** The block whose words the argument takes in braces. */
    public static Optional<Vocabulary> block(Type parameter) {
        return parameter instanceof ParameterizedType generic
                        && generic.getRawType() == Consumer.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> type
                ? Optional.of(new Vocabulary(type))
                : Optional.empty();
    }

    private void add(Vocabulary words, Set<Class<?>> seen) {
        words.names().forEach(name -> connectors.putIfAbsent(name, words));
        Arrays.stream(words.type().getMethods())
                .filter(method -> method.isAnnotationPresent(Root.class))
                .forEach(method -> roots.add(method.getName()));
        index(words, seen);
    }

    private void index(Vocabulary words, Set<Class<?>> seen) {
        if (!words.isKnown() || !seen.add(words.type())) {
            return;
        }
        all.add(words);
        if (words.isBlock()) {
            words.names()
                    .forEach(name -> homes.computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(words.noun()));
        }
        words.names().stream()
                .flatMap(name -> words.methods(name).stream())
                .forEach(method -> indexTypes(method, seen));
    }

    private void indexTypes(Method method, Set<Class<?>> seen) {
        Arrays.stream(method.getGenericParameterTypes())
                .flatMap(type -> block(type).stream())
                .forEach(block -> index(block, seen));
        index(new Vocabulary(method.getReturnType()), seen);
    }
}
