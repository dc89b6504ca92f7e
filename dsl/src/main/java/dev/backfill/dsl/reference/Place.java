package dev.backfill.dsl.reference;

import dev.backfill.dsl.BackfillScript;
import dev.backfill.dsl.word.Vocabulary;
import dev.backfill.words.Noun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says where the words of one type can be used.
 *
 * @param givers the words that give a value of the type
 */
record Place(Vocabulary words, List<String> givers) {
    private static final String EVERYWHERE = "in every script";

    /** As a heading says it. */
    String title() {
        if (isScript() || module().isPresent()) {
            return EVERYWHERE;
        }
        return words.isBlock()
                ? "in " + words.noun() + within().map(block -> " of " + block).orElse("")
                : "of " + withArticle(words.noun());
    }

    /** As a sentence of its own says it. */
    String sentence() {
        if (words.isBlock()) {
            return "in `" + words.noun() + " { }`"
                    + within().map(block -> " of `" + block + " { }`").orElse("");
        }
        return isScript()
                ? "in every script"
                : module().map(name -> "in every script with the module `backfill-" + name + "`")
                        .orElseGet(() -> "on " + withArticle(words.noun()) + ", from "
                                + givers.stream().map(Markdown::code).collect(Collectors.joining(", ")));
    }

    private boolean isScript() {
        return words.type() == BackfillScript.class;
    }

    /** The module that brings the words to every script. */
    private Optional<String> module() {
        List<String> packages = List.of(words.type().getPackageName().split("\\."));
        return words.type().getSimpleName().endsWith("Words") ? Optional.of(packages.get(2)) : Optional.empty();
    }

    private Optional<String> within() {
        Noun noun = words.type().getAnnotation(Noun.class);
        return noun == null || noun.within().isEmpty() ? Optional.empty() : Optional.of(noun.within());
    }

    private static String withArticle(String noun) {
        boolean vowel = "aeiou".indexOf(noun.toLowerCase(Locale.ROOT).charAt(0)) >= 0;
        boolean several = noun.matches("(records|answers|fields)\\b.*");
        return (several ? "" : vowel ? "an " : "a ") + noun;
    }
}
