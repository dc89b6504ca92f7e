package dev.backfill.flow;

import dev.backfill.connector.Columns;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Makes records whose columns are shared with those of the record before, as nearly all of them have the same. */
@NullUnmarked
public final class RowShapes {
    private Columns last = Columns.of();
    private Columns narrow = Columns.of();
    private Columns wide = Columns.of();
    private Columns typed = Columns.of();

    /**
     * The record for what a transform made of another; a value of JSON that it hands on unchanged stays one. {@link
     * IllegalArgumentException} if that is no map.
     */
    public Row row(Object made, Row given) {
        Row row = row(made);
        if (row == made || !given.mayGiveJson()) {
            return row;
        }
        Set<String> json = new HashSet<>();
        for (int i = 0; i < row.size(); i++) {
            if (row.at(i) != null && given.givesJson(row.at(i))) {
                json.add(row.columns().names().get(i));
            }
        }
        return json.isEmpty() ? row : row.withColumns(json(row.columns(), json));
    }

    /** The record for what a transform gave; {@link IllegalArgumentException} if that is no map. */
    public Row row(Object made) {
        if (made instanceof Row row) {
            return row;
        }
        if (!(made instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("transform must give a map, a list of maps, or null, but gave " + made);
        }
        if (!matches(map)) {
            last = Columns.of(map.keySet().stream().map(String::valueOf).toList());
        }
        Object[] values = map.values().toArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof CharSequence text) {
                values[i] = text.toString();
            }
        }
        return Row.of(last, values);
    }

    /** Adds what a lookup found as one more column; {@link FatalFailure} if the record has a column of that name. */
    public Row wider(Row row, String name, @Nullable Object value) {
        if (row.columns().contains(name)) {
            throw new FatalFailure("lookup '" + name + "' cannot add its result: the record already has a column '"
                    + name + "'; give the lookup another name, as in lookup '" + name + "_found'");
        }
        if (!narrow.equals(row.columns()) || !narrow.json().equals(row.columns().json()) || !wide.contains(name)) {
            narrow = row.columns();
            wide = narrow.and(List.of(name));
        }
        Object[] values = new Object[wide.size()];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.at(i);
        }
        values[row.size()] = value;
        return row.reshaped(wide, values);
    }

    private Columns json(Columns columns, Set<String> json) {
        if (!typed.equals(columns) || !typed.json().equals(json)) {
            typed = columns.withJson(json);
        }
        return typed;
    }

    private boolean matches(Map<?, ?> map) {
        if (map.size() != last.size()) {
            return false;
        }
        Iterator<String> names = last.names().iterator();
        for (Object key : map.keySet()) {
            if (!names.next().equals(key)) {
                return false;
            }
        }
        return true;
    }
}
