package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that each record is for: by its key, else among the rows that have no key yet; and gives each a value of its own
 * where it must be.
 *
 * @param fallbackKey the places of columns among all of the given ones
 * @param suffixDuplicates the place of a column among all of the given ones
 * @param nulls true if a null in the key is a value like any other
 */
record Matches(
        GivenRows keyed, GivenRows all, List<Integer> fallbackKey, Optional<Integer> suffixDuplicates, boolean nulls) {
    /** Finds rows by their key alone. */
    static Matches byKey(GivenRows rows, boolean nulls) {
        return new Matches(rows, rows, List.of(), Optional.empty(), nulls);
    }

    /** What was found: the records, some with another value; and the place of the row by the number of the record. */
    record Found(Given given, Map<Integer, Place> places) {
        /** The records for which there is a row. */
        BitSet indexes() {
            BitSet indexes = new BitSet();
            places.keySet().forEach(number -> indexes.set(given.index(number - 1)));
            return indexes;
        }

        /** The same without some records. */
        Found without(BitSet indexes) {
            Map<Integer, Place> left = new HashMap<>(places);
            left.keySet().removeIf(number -> indexes.get(given.index(number - 1)));
            return new Found(given, left);
        }
    }

    /**
     * Where a row is now. It stays there for as long as it is locked by the transaction that looked.
     *
     * @param table the table or partition that holds it
     */
    record Place(String table, String row) {}

    /** A row that may be meant: of a lower rank, the better. */
    private record Candidate(int rank, Place place) {}

    /** For a look: the rows may change at once. */
    Found find(Given records, Connection connection) throws SQLException {
        return found(records, connection, "");
    }

    /** Locks all rows that may be meant, so that what was found stays true until the transaction ends. */
    Found lock(Given records, Connection connection) throws SQLException {
        return found(
                records,
                connection,
                " for no key update of " + all.table().name().quotedName());
    }

    private Found found(Given records, Connection connection, String lock) throws SQLException {
        Given given = inOrder(records);
        Map<Integer, Place> places = chosen(candidates(given, connection, lock));
        return new Found(suffixDuplicates.isPresent() ? own(given, places, connection) : given, places);
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

    private Map<Integer, List<Candidate>> candidates(Given given, Connection connection, String lock)
            throws SQLException {
        Map<Integer, List<Candidate>> candidates = new TreeMap<>();
        List<String> conditions = conditions();
        for (int rank = 0; rank < conditions.size(); rank++) {
            try (PreparedStatement statement = connection.prepareStatement(finding(conditions.get(rank)) + lock)) {
                all.bind(statement, given);
                ResultSet found = statement.executeQuery();
                while (found.next()) {
                    candidates
                            .computeIfAbsent(found.getInt(1), number -> new ArrayList<>())
                            .add(new Candidate(rank, new Place(found.getString(2), found.getString(3))));
                }
            }
        }
        return candidates;
    }

    /** In the order of the records, so that two who write the same rows wait for each other and not in a circle. */
    private String finding(String condition) {
        String table = all.table().name().quotedName();
        return "with given as materialized (select * from " + all.rows() + ") select backfill_given.number, cast("
                + table
                + ".tableoid as text), cast(" + table + ".ctid as text) from given as backfill_given join "
                + all.table().name().sql() + " on " + condition + " order by backfill_given.number, " + table
                + ".tableoid, " + table + ".ctid";
    }

    /** By what a row is found, the best first. */
    private List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        conditions.add(nulls ? keyed.sameKeyOrNull() : keyed.sameKey());
        String keyless =
                keyed.key().stream().map(each -> keyed.own(each) + " is null").collect(Collectors.joining(" or "));
        for (int place : fallbackKey) {
            Column column = all.values().get(place);
            conditions.add(column.comparison().same(all.own(column), all.value(place)) + " and (" + keyless + ")");
        }
        return conditions;
    }

    /** No row is for two records: the one that has its key comes before those that only look like it. */
    private static Map<Integer, Place> chosen(Map<Integer, List<Candidate>> candidates) {
        Map<Integer, Place> chosen = new HashMap<>();
        Set<Place> used = new HashSet<>();
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

    private Given own(Given given, Map<Integer, Place> places, Connection connection) throws SQLException {
        int column = suffixDuplicates.orElseThrow();
        Suffixes suffixes = new Suffixes(taken(column, given, connection));
        List<Given.Entry> entries = new ArrayList<>();
        for (int i = 0; i < given.entries().size(); i++) {
            Given.Entry entry = given.entries().get(i);
            String wanted = entry.texts().get(column);
            entries.add(wanted == null ? entry : with(entry, column, suffixes.of(wanted, row(places, i + 1))));
        }
        return new Given(entries, given.superseded());
    }

    private static String row(Map<Integer, Place> places, int number) {
        Place place = places.get(number);
        return place == null ? "new " + number : place.toString();
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
                + " as text), cast(tableoid as text), cast(ctid as text) from "
                + all.table().name().sql() + " where exists (select from unnest(cast(? as text[])) as wanted where "
                + column.sql() + " = wanted or starts_with(cast(" + column.sql() + " as text), wanted || '_'))")) {
            statement.setArray(1, connection.createArrayOf("text", wanted.toArray()));
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                taken.put(found.getString(1), new Place(found.getString(2), found.getString(3)).toString());
            }
        }
        return taken;
    }
}
