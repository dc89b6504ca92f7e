package dev.backfill.postgres.write;

import dev.backfill.connector.Row;
import dev.backfill.connector.SameServerComparison.Copied;
import dev.backfill.connector.SameServerComparison.Copy;
import dev.backfill.connector.SameServerRows;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.read.AskedKeys;
import dev.backfill.postgres.read.KeysetSource;
import dev.backfill.postgres.value.ValueText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares columns of a table with those of another one in the same database, of which they are copies, in one statement. */
record CopiedColumns(PostgresDatabase database, GivenRows rows) {
    private static final String ORIGINAL = "backfill_original";
    private static final String COPY = "backfill_copy";

    /** Two columns whose values the server compares as they are stored. */
    private record Pair(Copied names, String differ) {}

    boolean reaches(SameServerRows source) {
        return source instanceof KeysetSource table && table.database().equals(database);
    }

    List<List<String>> differing(SameServerRows source, List<Copy> copies) {
        KeysetSource table = (KeysetSource) source;
        List<Pair> pairs = pairs(table, copies);
        List<List<String>> differing = copies.stream()
                .map(copy -> (List<String>) new ArrayList<String>())
                .toList();
        if (!pairs.isEmpty()) {
            reader(table)
                    .read(
                            "comparing " + rows.table().name() + " with "
                                    + table.table().name(),
                            connection -> {
                                differing.forEach(List::clear);
                                compare(table, copies, pairs, connection, differing);
                                return true;
                            });
        }
        return differing;
    }

    /** Both sides were read before, each as its own words say about policies: the statement over both needs what either accepts. */
    private PostgresDatabase reader(KeysetSource table) {
        return table.database().acceptPoliciesBecause().isPresent() ? table.database() : database;
    }

    private void compare(
            KeysetSource table,
            List<Copy> copies,
            List<Pair> pairs,
            Connection connection,
            List<List<String>> differing)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(statement(table, pairs))) {
            asked(table)
                    .bind(
                            statement,
                            copies.stream().map(copy -> keys(table, copy)).toList());
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                int number = answer.getInt(1) - 1;
                for (int i = 0; i < pairs.size(); i++) {
                    Copied names = pairs.get(i).names();
                    if (answer.getBoolean(2 + i) && copies.get(number).columns().contains(names)) {
                        differing.get(number).add(names.column());
                    }
                }
            }
        }
    }

    /** The key of the original, then that of the copy. */
    private AskedKeys asked(KeysetSource table) {
        return new AskedKeys(
                Stream.concat(table.keyColumns().stream(), rows.key().stream()).toList());
    }

    private List<@Nullable String> keys(KeysetSource table, Copy copy) {
        List<@Nullable String> texts = new ArrayList<>();
        table.keyColumns().forEach(key -> texts.add(text(key, copy.origin())));
        rows.key().forEach(key -> texts.add(text(key, copy.record())));
        return texts;
    }

    private static @Nullable String text(Column key, Row row) {
        return ValueText.of(key.type(), row.at(row.columns().position(key.name())));
    }

    private List<Pair> pairs(KeysetSource table, List<Copy> copies) {
        return copies.stream()
                .map(Copy::columns)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .flatMap(names -> pair(table, names).stream())
                .toList();
    }

    private Optional<Pair> pair(KeysetSource table, Copied names) {
        Column original = table.table().columns(List.of(names.original())).get(0);
        Column copy = rows.table().columns(List.of(names.column())).get(0);
        return copy.type()
                .stored(ORIGINAL + "." + original.sql(), original.type())
                .map(stored ->
                        new Pair(names, GivenRows.differ(stored, copy.type().base(COPY + "." + copy.sql()))));
    }

    private String statement(KeysetSource table, List<Pair> pairs) {
        AskedKeys asked = asked(table);
        int originals = table.keyColumns().size();
        return "select " + AskedKeys.NUMBER + ", "
                + pairs.stream().map(Pair::differ).collect(Collectors.joining(", "))
                + " from " + asked.rows()
                + " join " + table.table().name().sql() + " as " + ORIGINAL + " on "
                + asked.same(ORIGINAL, 0, originals)
                + " join " + rows.table().name().sql() + " as " + COPY + " on "
                + asked.same(COPY, originals, asked.columns().size());
    }
}
