package dev.backfill.postgres.catalog;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a table as a script writes it: with or without its schema, its case kept; a part that holds a dot stands in
 * double quotes.
 */
public record TableName(List<String> parts) {
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".]+)");
    private static final Pattern NAME = Pattern.compile("(?:" + PART + ")(?:\\.(?:" + PART + "))?");

    public TableName {
        parts = List.copyOf(parts);
    }

    /** {@link IllegalArgumentException} if the text is no such name. */
    public static TableName of(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid table name: write table('products') or table('public.products')");
        }
        return new TableName(PART.matcher(text).results().map(TableName::part).toList());
    }

    private static String part(MatchResult part) {
        return part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\"");
    }

    /** The name in a statement, every part quoted. */
    public String sql() {
        return parts.stream().map(TableName::quoted).collect(Collectors.joining("."));
    }

    /** The name without its schema. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    /** The name without its schema, as columns in a statement are led by it. */
    public String quotedName() {
        return quoted(last());
    }

    /** A name in a statement: whatever it holds, it is a name and nothing else. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
