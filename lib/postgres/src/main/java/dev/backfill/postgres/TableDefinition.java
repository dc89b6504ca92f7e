package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.read.EachRow;
import dev.backfill.postgres.write.Upsert;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Describes a table, its key, and which of its rows are meant.
 *
 * @param acceptPoliciesBecause why policies may hide rows from reading; nothing: they may not
 */
record TableDefinition(
        PostgresDefinition database,
        TableName name,
        List<String> keys,
        List<String> conditions,
        Optional<String> acceptPoliciesBecause)
        implements PostgresWords.Table {
    TableDefinition {
        keys = List.copyOf(keys);
        conditions = List.copyOf(conditions);
    }

    @Override
    public TableDefinition key(String... columns) {
        return new TableDefinition(database, name, List.of(columns), conditions, acceptPoliciesBecause);
    }

    @Override
    public TableDefinition where(String condition) {
        List<String> more =
                Stream.concat(conditions.stream(), Stream.of(condition)).toList();
        return new TableDefinition(database, name, keys, more, acceptPoliciesBecause);
    }

    @Override
    public TableDefinition where(Map<String, Object> named, String condition) {
        if (!(named.get("when") instanceof Boolean wanted)) {
            throw new IllegalArgumentException("'when:' must be true or false, but is " + named.get("when"));
        }
        return wanted ? where(condition) : this;
    }

    @Override
    public TableDefinition acceptPolicies(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "acceptPolicies needs a reason: say why it is right that policies hide rows of " + name);
        }
        return new TableDefinition(database, name, keys, conditions, Optional.of(reason));
    }

    @Override
    public SelectDefinition select(String... columns) {
        return new SelectDefinition(this, List.of(columns), Optional.empty());
    }

    @Override
    public PostgresWords.ByColumn by(String column) {
        return new LookupByDefinition(this, column, List.of());
    }

    @Override
    public PostgresWords.Update update(String... columns) {
        return new UpdateDefinition(
                this, List.of(columns), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public UpsertDefinition upsert(String... columns) {
        if (!conditions.isEmpty()) {
            throw new IllegalArgumentException(
                    "upsert takes no where(…): it adds rows, whether that is true of them or not");
        }
        return new UpsertDefinition(
                this, Upsert.of(name, keys, List.of(columns)), Replacement.none(), Optional.empty());
    }

    @Override
    public void each(Resources resources, Consumer<Row> taker) {
        new EachRow(open(resources), name, conditions).forEach(taker);
    }

    @Override
    public Long count() {
        return counting(database.context().scope().resources(), conditions);
    }

    PostgresDatabase open(Resources resources) {
        PostgresDatabase opened = database.open(resources);
        return acceptPoliciesBecause.map(opened::acceptingPolicies).orElse(opened);
    }

    /** How many rows there are. */
    long count(Resources resources) {
        return counting(resources, List.of());
    }

    private long counting(Resources resources, List<String> which) {
        Condition.check(open(resources), name, which);
        return open(resources).read("counting " + title(), connection -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet answer = statement.executeQuery(
                        "select count(*) from " + name.sql() + " where true" + Condition.and(which));
                answer.next();
                return answer.getLong(1);
            }
        });
    }

    @Override
    public String title() {
        return name + " in PostgreSQL";
    }
}
