package dev.backfill.postgres.catalog;

import dev.backfill.connector.FatalFailure;
import dev.backfill.words.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as the server describes it. What a script asks of it is checked here, before any row is touched. */
public record Table(TableName name, Map<String, Column> columns, List<UniqueKey> keys) {
    public Table {
        columns = new LinkedHashMap<>(columns); // keeps the table's order, which Map.copyOf would not
        keys = List.copyOf(keys);
    }

    /** The columns of these names; {@link FatalFailure} that names all that are not there. */
    public List<Column> columns(Collection<String> names) {
        List<String> wrong =
                names.stream().filter(each -> !columns.containsKey(each)).toList();
        if (!wrong.isEmpty()) {
            throw new FatalFailure(wrong.stream().map(this::unknown).collect(Collectors.joining("; ")) + " (columns: "
                    + known() + ")");
        }
        return names.stream().map(each -> columns.get(each)).toList();
    }

    private String unknown(String column) {
        return name + " has no column '" + column + "'" + Nearest.hint(column, columns.keySet());
    }

    private String known() {
        return String.join(", ", columns.keySet());
    }

    /** The key's columns, by which rows can be walked; {@link FatalFailure} with the next step if they cannot. */
    public List<Column> walk(List<String> key) {
        List<Column> parts = key(key);
        Optional<UniqueKey> index = index(key);
        if (index.isEmpty()) {
            throw new FatalFailure(name + " cannot be read by " + UniqueKey.words(key)
                    + ": no unique index has exactly these columns in this order, in their own collation; "
                    + remedy(key));
        }
        List<String> nullable =
                parts.stream().filter(each -> !each.notNull()).map(Column::name).toList();
        if (!nullable.isEmpty()) {
            throw new FatalFailure(name + " cannot be read by " + UniqueKey.words(key) + ": "
                    + String.join(", ", nullable) + " may be null, and such rows would never be read; "
                    + "run alter table " + name.sql() + " alter column " + TableName.quoted(nullable.get(0))
                    + " set not null, or take another key");
        }
        return compared(parts, index.stream());
    }

    /** True if rows come in the order of these columns from a unique index. */
    boolean hasIndex(List<String> key) {
        return index(key).isPresent();
    }

    private Optional<UniqueKey> index(List<String> key) {
        return keys.stream()
                .filter(each -> each.walkable() && each.columns().equals(key))
                .findFirst();
    }

    /** The key's columns, which identify rows; {@link FatalFailure} with the next step if they do not. */
    public List<Column> find(List<String> key) {
        List<Column> parts = key(key);
        List<UniqueKey> indexes =
                keys.stream().filter(each -> key.containsAll(each.columns())).toList();
        if (indexes.isEmpty()) {
            throw new FatalFailure(name + " cannot be changed by " + UniqueKey.words(key)
                    + ": more than one row may have the same; " + remedy(key));
        }
        return compared(parts, indexes.stream());
    }

    /** The key's columns, by which an insert finds the row in its way; {@link FatalFailure} if there is no such index. */
    public List<Column> conflict(List<String> key) {
        List<Column> parts = key(key);
        List<UniqueKey> indexes = keys.stream()
                .filter(each -> new HashSet<>(each.columns()).equals(new HashSet<>(key)))
                .toList();
        if (indexes.isEmpty()) {
            throw new FatalFailure(name + " cannot be added to by " + UniqueKey.words(key)
                    + ": no unique index has exactly these columns; " + remedy(key));
        }
        return compared(parts, indexes.stream());
    }

    /** As an index compares them; of several the one that takes more keys for the same. */
    private static List<Column> compared(List<Column> columns, Stream<UniqueKey> indexes) {
        UniqueKey index = indexes.min(Comparator.comparing(UniqueKey::byText)).orElseThrow();
        return columns.stream().map(index::compared).toList();
    }

    private List<Column> key(List<String> key) {
        if (key.isEmpty()) {
            throw new FatalFailure("table('" + name + "') has no key: say " + suggested());
        }
        return columns(key);
    }

    private String suggested() {
        return keys.isEmpty() ? "key('…')" : keys.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private String remedy(List<String> key) {
        String index = "run create unique index concurrently on " + name.sql() + " ("
                + key.stream().map(TableName::quoted).collect(Collectors.joining(", ")) + ")";
        return keys.isEmpty() ? index : "use " + suggested() + ", or " + index;
    }
}
