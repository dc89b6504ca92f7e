package dev.backfill.run;

import dev.backfill.connector.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a write would change in a target.
 *
 * @param record what would be written
 * @param held what is there now, in the columns that the sink writes; nothing if there is nothing
 */
public record Change(String sink, Row record, Optional<Row> held) {
    /** The fields that would differ, as "price: 3 -> 4". */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        held.ifPresent(now -> now.forEach((name, value) -> {
            Object wanted = record.containsKey(name) ? record.get(name) : value;
            if (!Objects.equals(String.valueOf(value), String.valueOf(wanted))) {
                differences.add(name + ": " + value + " -> " + wanted);
            }
        }));
        return differences;
    }
}
