package dev.backfill.postgres.schema;

import dev.backfill.postgres.catalog.TableName;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a statement would create.
 *
 * @param kind what it is: "table"
 * @param name as the statement writes it
 */
record Named(String kind, String name) {
    private static final String NAME = "((?:\"(?:[^\"]|\"\")+\"|[\\w$]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[\\w$]+))?)";
    private static final Pattern BARE = Pattern.compile("(\"(?:[^\"]|\"\")+\")|[\\w$]+");
    private static final Pattern CREATING = Pattern.compile(
            "(?i)\\bcreate\\s+(?:or\\s+replace\\s+|unlogged\\s+|unique\\s+|materialized\\s+)*(table|index|view|sequence|schema)\\s+"
                    + "(?:if\\s+not\\s+exists\\s+)?" + NAME);

    /** What the statements would create, in their order. */
    static List<Named> in(String statements) {
        return CREATING.matcher(statements).results().map(Named::of).toList();
    }

    private static Named of(MatchResult found) {
        return new Named(found.group(1).toLowerCase(Locale.ROOT), found.group(2));
    }

    /** A function of the server that gives null if there is no such thing. */
    String lookup() {
        return kind.equals("schema") ? "to_regnamespace(?)" : "to_regclass(?)";
    }

    /** True for a table of that name; where one of the two has no schema, whatever the other's. */
    boolean isTable(List<String> wanted) {
        List<String> mine = TableName.of(folded()).parts();
        int both = Math.min(mine.size(), wanted.size());
        return kind.equals("table")
                && mine.subList(mine.size() - both, mine.size())
                        .equals(wanted.subList(wanted.size() - both, wanted.size()));
    }

    /** As the server takes it: what stands in no quotes in lower case. */
    private String folded() {
        return BARE.matcher(name)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(1) == null ? part.group().toLowerCase(Locale.ROOT) : part.group()));
    }

    @Override
    public String toString() {
        return "the " + kind + " " + name;
    }
}
