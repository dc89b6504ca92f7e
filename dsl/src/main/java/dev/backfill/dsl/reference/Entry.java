package dev.backfill.dsl.reference;

import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes one word of the reference.
 *
 * @param places where it can be used, in the same way
 */
record Entry(String name, List<Place> places) {
    Task task() {
        return places.get(0).words().task(name);
    }

    /** The heading, which says the place if another word has the same name. */
    String heading(boolean alone) {
        return "`" + name + "`"
                + (alone ? "" : " " + places.stream().map(Place::title).collect(Collectors.joining(" and ")));
    }

    String section(boolean alone) {
        return "### " + heading(alone) + "\n\n" + rules() + "\n\n" + body();
    }

    /** What is the same in each place that shares the entry. */
    String shared() {
        return name + marks() + body();
    }

    private String body() {
        List<Usage> usages = Usage.of(places.get(0).words(), name);
        String rows = usages.stream().map(Usage::row).collect(Collectors.joining());
        String named = usages.stream().flatMap(Usage::named).distinct().collect(Collectors.joining());
        String more = named.isEmpty()
                ? ""
                : "\n" + Markdown.head("named argument", "type", "default", "what it does", "example") + named;
        return Markdown.head("signature", "gives", "what it does", "example") + rows + more;
    }

    private String rules() {
        String where = places.stream().map(Place::sentence).collect(Collectors.joining(" and "));
        return "Used " + where + "." + marks();
    }

    private String marks() {
        return (is(Word::required) ? " **Required**" + instead() + "." : "")
                + (is(Word::repeats) ? " Can be repeated." : "");
    }

    private String instead() {
        return places.stream()
                .flatMap(place -> place.words().descriptions(name).stream())
                .map(Word::instead)
                .filter(other -> !other.isEmpty())
                .findFirst()
                .map(other -> ", unless there is a `" + other + "`")
                .orElse("");
    }

    private boolean is(Predicate<Word> fact) {
        return places.stream().anyMatch(place -> place.words().is(name, fact));
    }
}
