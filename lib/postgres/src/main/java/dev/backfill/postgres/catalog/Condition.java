package dev.backfill.postgres.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts conditions, written by a script in SQL, into a statement with values of its own. */
public final class Condition {
    private static final Pattern QUOTED_OR_MARK = Pattern.compile("('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|\\?");

    private static final Pattern QUOTED_OR_BLANK = Pattern.compile("('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|\\s+");
    private static final Pattern TEXT_OR_NAME =
            Pattern.compile("'(?:[^']|'')*'|\"((?:[^\"]|\"\")*)\"|([\\p{L}_][\\p{L}\\p{N}_$]*)");

    private Condition() {}

    /** The conditions without this one, however its words are spaced. */
    public static List<String> without(List<String> conditions, String condition) {
        return conditions.stream()
                .filter(each -> !spaced(each).equals(spaced(condition)))
                .toList();
    }

    private static String spaced(String condition) {
        return QUOTED_OR_BLANK
                .matcher(condition.strip())
                .replaceAll(match -> match.group(1) == null ? " " : Matcher.quoteReplacement(match.group(1)));
    }

    /** All that may be a name in these conditions: in lower case, as the server reads it, unless it is quoted. */
    public static Set<String> names(List<String> conditions) {
        return conditions.stream()
                .flatMap(each -> TEXT_OR_NAME.matcher(each).results())
                .flatMap(match -> Stream.ofNullable(
                        match.group(1) != null
                                ? match.group(1).replace("\"\"", "\"")
                                : match.group(2) == null ? null : match.group(2).toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

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
