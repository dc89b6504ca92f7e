package dev.backfill.postgres.catalog;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts conditions, written by a script in SQL, into a statement with values of its own. */
public final class Condition {
    private static final Pattern QUOTED_OR_MARK = Pattern.compile("('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|\\?");

    private Condition() {}

    /** All of the conditions, each led by "and"; on lines of their own, so that a comment ends with its line. */
    public static String and(List<String> conditions) {
        return conditions.stream().map(each -> " and (" + escaped(each) + "\n)").collect(Collectors.joining());
    }

    /** The driver takes a question mark for a value; doubled, it is the operator of jsonb again. */
    private static String escaped(String condition) {
        return QUOTED_OR_MARK
                .matcher(condition)
                .replaceAll(match -> match.group(1) == null ? "??" : Matcher.quoteReplacement(match.group(1)));
    }
}
