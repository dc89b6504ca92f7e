package dev.backfill.dsl.word;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the words of one type: of a block, of a value that a chain continues from, or of a script. */
public record Vocabulary(Class<?> type) {
    /** The words, in the order of the alphabet. */
    public Set<String> names() {
        return described().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean has(String name) {
        return described().anyMatch(method -> method.getName().equals(name));
    }

    /** Every way in which the word can be used, the one with the fewest arguments first; none if it is no word. */
    public List<Method> methods(String name) {
        return has(name)
                ? Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(name) && !method.isBridge())
                        .sorted(Comparator.comparing(Method::getParameterCount).thenComparing(Method::toString))
                        .toList()
                : List.of();
    }

    /** The word's descriptions, one for each way that has one of its own. */
    public List<Word> descriptions(String name) {
        return described()
                .filter(method -> method.getName().equals(name))
                .sorted(Comparator.comparing(Method::getParameterCount).thenComparing(Method::toString))
                .map(method -> method.getAnnotation(Word.class))
                .toList();
    }

    public boolean is(String name, Predicate<Word> fact) {
        return descriptions(name).stream().anyMatch(fact);
    }

    /** What a person uses the word for. */
    public Task task(String name) {
        return descriptions(name).stream()
                .flatMap(word -> Arrays.stream(word.task()))
                .findFirst()
                .or(this::task)
                .orElseThrow(() -> new IllegalStateException(name + " of " + type + " has no task"));
    }

    private Optional<Task> task() {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getDeclaringClass)
                .map(one -> one.getAnnotation(Noun.class))
                .filter(Objects::nonNull)
                .flatMap(noun -> Arrays.stream(noun.task()))
                .findFirst();
    }

    /** A line to copy. */
    public Optional<String> example(String name) {
        return descriptions(name).stream()
                .map(Word::example)
                .filter(example -> !example.isEmpty())
                .findFirst();
    }

    /** What messages call it. */
    public String noun() {
        Noun noun = type.getAnnotation(Noun.class);
        return noun == null ? type.getSimpleName() : noun.value();
    }

    /** True if its values are checked: it has a name of its own or words. */
    public boolean isKnown() {
        return type.isAnnotationPresent(Noun.class) || described().findAny().isPresent();
    }

    public boolean isBlock() {
        Noun noun = type.getAnnotation(Noun.class);
        return noun != null && noun.block();
    }

    private Stream<Method> described() {
        return family(type)
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.isAnnotationPresent(Word.class));
    }

    private static Stream<Class<?>> family(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return Stream.concat(Stream.of(type), above.flatMap(Vocabulary::family)).distinct();
    }
}
