package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Guesses which of the given records a server's error is about, by the key or the row that it shows. A guess only: who uses it
 * tries these records alone, and finds out.
 */
final class Accused {
    /** (token)=(x), in whatever language the words around it are. */
    private static final Pattern KEY = Pattern.compile("\\(([^()]+)\\)=\\((.*)\\)", Pattern.DOTALL);
    /** (1, x, null) */
    private static final Pattern ROW = Pattern.compile("\\((.*)\\)", Pattern.DOTALL);
    /** invalid input syntax for type inet: "x" */
    private static final Pattern VALUE = Pattern.compile("\"([^\"]+)\"");
    /** More accused than this are no help. */
    private static final int MOST = 20;

    private Accused() {}

    static List<Integer> by(SQLException error, GivenRows rows, Given given) {
        if (!(error instanceof PSQLException refused) || refused.getServerErrorMessage() == null) {
            return List.of();
        }
        ServerErrorMessage said = refused.getServerErrorMessage();
        String detail = Objects.requireNonNullElse(said.getDetail(), "");
        List<Integer> accused = given.entries().stream()
                .filter(test(detail, Objects.requireNonNullElse(said.getMessage(), ""), rows))
                .map(Given.Entry::index)
                .limit(MOST + 1)
                .toList();
        return accused.size() > MOST ? List.of() : accused;
    }

    private static Predicate<Given.Entry> test(String detail, String message, GivenRows rows) {
        Matcher key = KEY.matcher(detail);
        if (key.find()) {
            return sameKey(key.group(1), key.group(2), rows);
        }
        Matcher row = ROW.matcher(detail);
        if (row.find()) {
            Set<String> shown = new HashSet<>(Arrays.asList(row.group(1).split(", ", -1)));
            return entry ->
                    shown.containsAll(entry.texts().subList(0, rows.key().size()));
        }
        Set<String> quoted = VALUE.matcher(message)
                .results()
                .map(MatchResult::group)
                .map(Accused::bare)
                .collect(Collectors.toSet());
        return entry -> entry.texts().stream().anyMatch(text -> text != null && quoted.contains(text));
    }

    private static String bare(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Predicate<Given.Entry> sameKey(String names, String values, GivenRows rows) {
        List<String> columns = Stream.concat(rows.key().stream(), rows.values().stream())
                .map(Column::name)
                .toList();
        List<Integer> places = Arrays.stream(names.split(", "))
                .map(name -> name.startsWith("\"") ? bare(name) : name)
                .map(columns::indexOf)
                .toList();
        if (places.contains(-1)) {
            return entry -> false;
        }
        return entry -> Optional.of(places.stream()
                        .map(place -> String.valueOf(entry.texts().get(place)))
                        .collect(Collectors.joining(", ")))
                .filter(values::equals)
                .isPresent();
    }
}
