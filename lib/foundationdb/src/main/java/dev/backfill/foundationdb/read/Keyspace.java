package dev.backfill.foundationdb.read;

import com.apple.foundationdb.KeyValue;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.foundationdb.key.Bytes;
import dev.backfill.foundationdb.key.KeyLayout;
import dev.backfill.foundationdb.value.JsonFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the records under a prefix are.
 *
 * @param name what one of them is called
 * @param fields what is read of the value
 */
public record Keyspace(String name, KeyLayout layout, JsonFields fields) {
    /** {@link IllegalArgumentException} if a name of the key is one of the value, too. */
    public Keyspace {
        columns(layout, fields);
    }

    /** The columns of its records: those of the key, then those of the value. */
    Columns columns() {
        return columns(layout, fields);
    }

    private static Columns columns(KeyLayout layout, JsonFields fields) {
        return Columns.of(
                Stream.concat(layout.names().stream(), fields.names().stream()).toList());
    }

    /** The record. {@link IllegalArgumentException} with the reason if the key or the value is of another form. */
    Row read(Columns columns, KeyValue record) {
        if (!layout.fits(record.getKey())) {
            throw new IllegalArgumentException("the key has " + record.getKey().length + " bytes instead of "
                    + layout.length() + ", so it is none of a " + name);
        }
        List<@Nullable Object> values = new ArrayList<>(layout.read(record.getKey()));
        values.addAll(Arrays.asList(fields.read(record.getValue())));
        return Row.of(columns, values.toArray());
    }

    /** The record of these fields. {@link IllegalArgumentException} with the reason if they are none of its records. */
    Row read(Columns columns, Map<String, @Nullable Object> fields) {
        List<@Nullable Object> values = new ArrayList<>();
        layout.parts().forEach(part -> values.add(part.parse(String.valueOf(fields.get(part.name())))));
        Map<String, @Nullable Object> value = new LinkedHashMap<>(fields);
        value.keySet().removeAll(layout.names());
        values.addAll(Arrays.asList(this.fields.read(value)));
        return Row.of(columns, values.toArray());
    }

    /** The key of a record. */
    byte[] key(Row row) {
        return layout.write(layout.names().stream().map(row::get).toList());
    }

    /** For messages: "q in FoundationDB". */
    public String prefix() {
        boolean printable = layout.prefix().chars().allMatch(letter -> letter > ' ' && letter < 0x7F);
        return printable ? layout.prefix() : "0x" + Bytes.hex(Bytes.of(layout.prefix()));
    }
}
