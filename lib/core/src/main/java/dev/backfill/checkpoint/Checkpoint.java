package dev.backfill.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is saved: the runtime's own record of a run, and the documented fields that show it to others.
 *
 * @param fields values that MongoDB, JSON and a person understand: texts and whole numbers
 */
public record Checkpoint(RunState run, Map<String, Object> fields) {
    public Checkpoint {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
