package dev.backfill.postgres.catalog;

/**
 * A column of a table.
 *
 * @param computed true if the server alone gives its values
 * @param comparison how its values are compared
 */
public record Column(String name, ColumnType type, boolean notNull, boolean computed, Comparison comparison) {
    /** The name in a statement. */
    public String sql() {
        return TableName.quoted(name);
    }

    /** Its values as something to select, under its name. */
    public String read() {
        String read = type.read(sql());
        return read.equals(sql()) ? read : read + " as " + sql();
    }

    /** True if two values are equal exactly if their texts are, so that the server need not be asked. */
    public boolean comparedByText() {
        return comparison.byText() && type.hasOneText();
    }

    /** An expression for it, as rows are sorted in the order of its index. */
    public String ascending(String own) {
        return comparison.ascending(own);
    }

    public String descending(String own) {
        return comparison.descending(own);
    }

    /** The same column, all of whose rows have a value. */
    Column filled() {
        return new Column(name, type, true, computed, comparison);
    }

    /** The same column, as one index compares it. */
    Column comparedBy(Comparison index) {
        return new Column(name, type, notNull, computed, index);
    }
}
