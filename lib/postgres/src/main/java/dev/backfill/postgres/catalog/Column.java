package dev.backfill.postgres.catalog;

/**
 * A column of a table.
 *
 * @param computed true if the server alone gives its values
 */
public record Column(String name, ColumnType type, boolean notNull, boolean computed) {
    /** The name in a statement. */
    public String sql() {
        return TableName.quoted(name);
    }

    /** Its values as something to select, under its name. */
    public String read() {
        String read = type.read(sql());
        return read.equals(sql()) ? read : read + " as " + sql();
    }
}
