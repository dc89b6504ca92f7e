package dev.backfill.postgres.read;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.UnfitKeyException;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lets the server judge texts that were given for keys, many in one statement, before a row is read by them. */
record KeyCheck(PostgresDatabase database, Table table, List<Column> key) {
    /** What a server casts in a moment. */
    private static final int PORTION = 20_000;

    /** {@link UnfitKeyException} with the first one that cannot be a key. */
    void pass(List<String> keys) {
        for (int from = 0; from < keys.size(); from += PORTION) {
            search(parted(keys.subList(from, Math.min(keys.size(), from + PORTION))));
        }
    }

    /** Half by half, as the server does not say which of them it refused. */
    private void search(List<Parts> some) {
        Optional<String> refused = refused(some);
        if (refused.isEmpty()) {
            return;
        }
        if (some.size() == 1) {
            throw unfit(some.get(0).key(), refused.get());
        }
        search(some.subList(0, some.size() / 2));
        search(some.subList(some.size() / 2, some.size()));
    }

    /** Gives those of the texts that the server can read as values of a key of one column. */
    List<String> readable(List<String> texts) {
        if (texts.isEmpty()
                || refused(texts.stream()
                                .map(each -> new Parts(each, List.of(each)))
                                .toList())
                        .isEmpty()) {
            return texts;
        }
        if (texts.size() == 1) {
            return List.of();
        }
        List<String> readable = new ArrayList<>(readable(texts.subList(0, texts.size() / 2)));
        readable.addAll(readable(texts.subList(texts.size() / 2, texts.size())));
        return readable;
    }

    private Optional<String> refused(List<Parts> some) {
        return database.read("looking at keys for " + table.name() + " in " + database.title(), connection -> {
            try {
                cast(connection, some);
                return Optional.empty();
            } catch (SQLException e) {
                if (PostgresFailures.blamesValues(e)) {
                    return Optional.of(PostgresFailures.told(e));
                }
                throw e;
            }
        });
    }

    /** To count them the server has to cast them. */
    private void cast(Connection connection, List<Parts> some) throws SQLException {
        AskedKeys asked = new AskedKeys(key);
        String counted = IntStream.range(0, key.size())
                .mapToObj(i -> "count(" + asked.value(i) + ")")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("select " + counted + " from " + asked.rows())) {
            asked.bind(statement, some.stream().map(Parts::texts).toList());
            statement.executeQuery();
        }
    }

    private List<Parts> parted(List<String> keys) {
        List<Parts> parted = new ArrayList<>();
        for (String each : keys) {
            try {
                parted.add(new Parts(each, KeyText.read(Cursor.after(each), key.size())));
            } catch (FatalFailure noKey) {
                List<String> names = key.stream().map(Column::name).toList();
                search(parted); // what stands before it is told first
                throw unfit(
                        each, "a key there is written as " + KeyText.write(names) + ", with its values for the names");
            }
        }
        return parted;
    }

    private UnfitKeyException unfit(String given, String why) {
        return new UnfitKeyException(given, "'" + given + "' is no key of " + table.name() + " (" + why + ")");
    }

    /** One key, and the text of each of its columns. */
    private record Parts(String key, List<String> texts) {}
}
