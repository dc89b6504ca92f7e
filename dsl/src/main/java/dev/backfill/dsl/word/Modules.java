package dev.backfill.dsl.word;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of modules that a script may have forgotten to name; each module is called as its word. */
public final class Modules {
    private static final Set<String> WORDS =
            Set.of("postgres", "mongodb", "typesense", "http", "files", "foundationdb", "firestore", "sandbox");
    private static final Pattern OURS = Pattern.compile("//DEPS\\s+dev\\.backfill:backfill-\\w+:([^\\s,@]+)(@pom)?");

    private Modules() {}

    public static Set<String> words() {
        return WORDS;
    }

    /** Those that stand alone in a script. */
    public static Set<String> roots() {
        return Set.of("sandbox");
    }

    /** The line that a script lacks, with the version that its other lines have; without one below a line for the versions of all. */
    public static String line(String word, Stream<String> script) {
        String version = script.map(OURS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(2) == null ? ":" + found.group(1) : "")
                .findFirst()
                .orElse(":<version>");
        return "//DEPS dev.backfill:backfill-" + word + version;
    }
}
