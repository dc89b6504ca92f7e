package dev.backfill.run;

import dev.backfill.connector.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a write would change in a target.
 *
 * @param record what would be written
 * @param held what is there now, in the columns that the sink writes; nothing if there is nothing
 */
public record Change(String sink, Row record, Optional<Row> held) {
    /**
     * A field that would differ.
     *
     * @param before as it is now
     * @param after as it would be
     */
    public record Field(String name, String before, String after) {}

    /** The fields that would differ; none for a record that is new. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        held.ifPresent(now -> now.forEach((name, value) -> {
            String before = String.valueOf(value);
            String after = record.containsKey(name) ? String.valueOf(record.get(name)) : before;
            if (!before.equals(after)) {
                fields.add(new Field(name, before, after));
            }
        }));
        return fields;
    }

    /** The same as "price: 3 -> 4". */
    public List<String> differences() {
        return fields().stream()
                .map(field -> field.name() + ": " + field.before() + " -> " + field.after())
                .toList();
    }
}
