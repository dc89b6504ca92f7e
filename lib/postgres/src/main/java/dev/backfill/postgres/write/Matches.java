package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that each record is for: by its key, else among the rows that have no key yet; and gives each a value of its own
 * where it must be. A row's place is told by its ctid, which holds within one transaction.
 *
 * @param orBy the places of columns among all of the given ones
 * @param distinct the place of a column among all of the given ones
 */
record Matches(GivenRows keyed, GivenRows all, List<Integer> orBy, Optional<Integer> distinct) {
    /** What was found: the records, some with another value; and the place of the row by the number of the record. */
    record Found(Given given, Map<Integer, String> places) {}

    /** A row that may be meant: of a lower rank, the better. */
    private record Candidate(int rank, String place) {}

    Found find(Given records, Connection connection) throws SQLException {
        Given given = inOrder(records);
        Map<Integer, String> places = chosen(candidates(given, connection));
        return new Found(distinct.isPresent() ? own(given, places, connection) : given, places);
    }

    /** By the key, ascending as its type has it: so the same record keeps its value in every run. */
    private Given inOrder(Given given) {
        List<Given.Entry> entries = new ArrayList<>(given.entries());
        entries.sort(Comparator.comparing(Matches::number).thenComparing(Given.Entry::key));
        return new Given(entries, given.superseded());
    }

    private static BigDecimal number(Given.Entry entry) {
        String first = entry.texts().get(0);
        return first != null && first.matches("-?\\d{1,30}") ? new BigDecimal(first) : BigDecimal.ZERO;
    }

    private Map<Integer, List<Candidate>> candidates(Given given, Connection connection) throws SQLException {
        Map<Integer, List<Candidate>> candidates = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(finding())) {
            all.bind(statement, given);
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                candidates
                        .computeIfAbsent(found.getInt(1), number -> new ArrayList<>())
                        .add(new Candidate(found.getInt(2), found.getString(3)));
            }
        }
        return candidates;
    }

    private String finding() {
        String table = all.table().name().sql();
        String place = ", cast(" + all.table().name().quotedName()
                + ".ctid as text) as place from given as backfill_given join " + table + " on ";
        List<String> selects = new ArrayList<>();
        selects.add("select backfill_given.number, 0 as rank" + place + keyed.sameKey());
        String keyless =
                keyed.key().stream().map(each -> keyed.own(each) + " is null").collect(Collectors.joining(" or "));
        for (int i = 0; i < orBy.size(); i++) {
            Column column = all.values().get(orBy.get(i));
            selects.add("select backfill_given.number, " + (i + 1) + place + all.own(column) + " = "
                    + all.value(orBy.get(i)) + " and (" + keyless + ")");
        }
        return "with given as materialized (select * from " + all.rows() + ") " + String.join(" union all ", selects)
                + " order by rank, place";
    }

    /** No row is for two records: the one that has its key comes before those that only look like it. */
    private static Map<Integer, String> chosen(Map<Integer, List<Candidate>> candidates) {
        Map<Integer, String> chosen = new HashMap<>();
        Set<String> used = new HashSet<>();
        int ranks = candidates.values().stream()
                .flatMap(List::stream)
                .mapToInt(Candidate::rank)
                .max()
                .orElse(0);
        for (int rank = 0; rank <= ranks; rank++) {
            for (Map.Entry<Integer, List<Candidate>> record : candidates.entrySet()) {
                for (Candidate candidate : record.getValue()) {
                    if (candidate.rank() == rank
                            && !chosen.containsKey(record.getKey())
                            && used.add(candidate.place())) {
                        chosen.put(record.getKey(), candidate.place());
                    }
                }
            }
        }
        return chosen;
    }

    private Given own(Given given, Map<Integer, String> places, Connection connection) throws SQLException {
        int column = distinct.orElseThrow();
        Suffixes suffixes = new Suffixes(taken(column, given, connection));
        List<Given.Entry> entries = new ArrayList<>();
        for (int i = 0; i < given.entries().size(); i++) {
            Given.Entry entry = given.entries().get(i);
            String wanted = entry.texts().get(column);
            entries.add(
                    wanted == null
                            ? entry
                            : with(entry, column, suffixes.of(wanted, places.getOrDefault(i + 1, "new " + i))));
        }
        return new Given(entries, given.superseded());
    }

    private static Given.Entry with(Given.Entry entry, int column, String text) {
        List<@Nullable String> texts = new ArrayList<>(entry.texts());
        texts.set(column, text);
        return new Given.Entry(entry.index(), entry.key(), texts);
    }

    /** Which row has which of the wanted values, and of those with letters at their end. */
    private Map<String, String> taken(int place, Given given, Connection connection) throws SQLException {
        Column column = all.values().get(place);
        Collection<String> wanted =
                Arrays.stream(given.texts(place)).filter(text -> text != null).collect(Collectors.toSet());
        Map<String, String> taken = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("select cast(" + column.sql()
                + " as text), cast(ctid as text) from "
                + all.table().name().sql() + " where exists (select from unnest(cast(? as text[])) as wanted where "
                + column.sql() + " = wanted or starts_with(cast(" + column.sql() + " as text), wanted || '_'))")) {
            statement.setArray(1, connection.createArrayOf("text", wanted.toArray()));
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                taken.put(found.getString(1), found.getString(2));
            }
        }
        return taken;
    }

    /** The numbers of the records for which there is a row, or those for which there is none. */
    static Object[] numbers(Found found, boolean there) {
        return IntStream.rangeClosed(1, found.given().entries().size())
                .filter(number -> found.places().containsKey(number) == there)
                .boxed()
                .toArray();
    }
}
