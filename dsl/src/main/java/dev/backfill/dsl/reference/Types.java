package dev.backfill.dsl.reference;

import dev.backfill.dsl.word.Catalog;
import dev.backfill.plan.Action;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.TotalsFunction;
import dev.backfill.words.Noun;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Names types as a person who writes a script knows them. */
final class Types {
    private static final Map<Type, String> FUNCTIONS = Map.of(
            RecordFunction.class, "{ record -> … }",
            TotalsFunction.class, "{ totals -> … }",
            CheckFunction.class, "{ … }",
            Action.class, "{ … }");

    private Types() {}

    /** The block or function in braces; nothing for a value. */
    static String function(Type type) {
        return Catalog.block(type).isPresent() ? "{ … }" : FUNCTIONS.getOrDefault(type, "");
    }

    static String name(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .flatMap(one -> Stream.ofNullable(one.getAnnotation(Noun.class)))
                .map(Noun::value)
                .findFirst()
                .orElseGet(() -> FUNCTIONS.getOrDefault(type, type.getSimpleName()));
    }
}
