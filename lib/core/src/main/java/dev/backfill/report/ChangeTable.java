package dev.backfill.report;

import dev.backfill.connector.Row;
import dev.backfill.layout.DisplayText;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.run.Change;
import java.util.List;

/**
 * Shows the changes of a target before and after: its records, and in each the fields that would differ. A value that is empty, or has
 * spaces at an end, is in quotes.
 */
final class ChangeTable {
    /** So much of a value shows what it is. */
    private static final int LONG = 60;

    /** Fields of a record that are shown unless more is asked for. */
    private static final int FIELDS = 8;

    private ChangeTable() {}

    /**
     * @param verbose true for whole values and all fields
     */
    static Table of(List<Change> changes, boolean verbose) {
        Table table =
                Table.of(Column.left("record"), Column.left("field"), Column.left("before"), Column.left("after"));
        for (Change change : changes) {
            List<Change.Field> fields = fields(change);
            int shown = verbose || fields.size() <= FIELDS + 1 ? fields.size() : FIELDS;
            for (int i = 0; i < shown; i++) {
                Change.Field field = fields.get(i);
                table.row(
                        i == 0 ? record(change, verbose) : "",
                        field.name(),
                        value(field.before(), verbose),
                        value(field.after(), verbose));
            }
            if (shown < fields.size()) {
                table.row("", "and " + (fields.size() - shown) + " more", "", "");
            }
        }
        return table;
    }

    /** Of a new record all fields, without a value before. */
    private static List<Change.Field> fields(Change change) {
        if (!change.fields().isEmpty()) {
            return change.fields();
        }
        Row record = change.record();
        return record.columns().names().stream()
                .map(name -> new Change.Field(name, "(new)", String.valueOf(record.get(name))))
                .toList();
    }

    private static String record(Change change, boolean verbose) {
        return change.record().size() == 0
                ? ""
                : value(String.valueOf(change.record().at(0)), verbose);
    }

    private static String value(String value, boolean verbose) {
        String printable = DisplayText.printable(value);
        String shown = verbose ? printable : DisplayText.clip(printable, LONG);
        return value.equals(value.strip()) && !value.isEmpty() ? shown : "'" + shown + "'";
    }
}
