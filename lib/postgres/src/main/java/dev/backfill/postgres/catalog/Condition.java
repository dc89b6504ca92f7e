package dev.backfill.postgres.catalog;

import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

    /**
     * Lets the server parse each of them alone, in brackets and without: one that closes a bracket of ours would change what the
     * rest of a statement means. Runs nothing. {@link FatalFailure} in the server's words if one is not a condition of its own.
     */
    public static void check(PostgresDatabase database, TableName table, List<String> conditions) {
        for (String condition : conditions) {
            database.read("reading the condition '" + condition + "' of " + table, connection -> {
                parse(connection, table, condition);
                return true;
            });
        }
    }

    /** The same for one, with the server's own error. */
    public static void parse(Connection connection, TableName table, String condition) throws SQLException {
        String text = escaped(condition) + "\n";
        for (String form : List.of("(" + text + ")", text)) {
            try (PreparedStatement statement =
                    connection.prepareStatement("select 1 from " + table.sql() + " where true and " + form)) {
                // What describes the result would leave a named statement on a connection that a pooler lends to
                // others, too.
                statement.getParameterMetaData();
            }
        }
    }

    /** The driver takes a question mark for a value; doubled, it is the operator of jsonb again. */
    private static String escaped(String condition) {
        return QUOTED_OR_MARK
                .matcher(condition)
                .replaceAll(match -> match.group(1) == null ? "??" : Matcher.quoteReplacement(match.group(1)));
    }
}
