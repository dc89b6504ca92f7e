package dev.backfill.postgres.read;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.inspect.RowSecurity;
import dev.backfill.postgres.value.ColumnReader;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads all rows of a table for which some conditions are true, once and in no order, so that memory stays flat. */
public record EachRow(PostgresDatabase database, TableName name, List<String> conditions) {
    private static final int AT_ONCE = 1_000;

    /** {@link dev.backfill.connector.FatalFailure} if the table, or a condition, cannot be read. */
    public void forEach(Consumer<Row> taker) {
        Table table = Catalog.readable(database, name, List.of());
        String doing = "reading " + table.name() + " in " + database.title();
        new RowSecurity(database, table.name()).pass(doing);
        Condition.check(database, table.name(), conditions);
        List<Column> read = List.copyOf(table.columns().values());
        Columns columns = ColumnReader.columns(read);
        String statement = "select "
                + read.stream().map(each -> each.type().read(each.sql())).collect(Collectors.joining(", ")) + " from "
                + table.name().sql() + " where true" + Condition.and(conditions);
        // only inside a transaction does the driver fetch rows in parts
        database.read(doing, connection -> {
            try (Statement select = connection.createStatement()) {
                select.setFetchSize(AT_ONCE);
                ResultSet rows = select.executeQuery(statement);
                while (rows.next()) {
                    taker.accept(Row.of(columns, ColumnReader.row(rows, read, 1)));
                }
                return true;
            }
        });
    }
}
