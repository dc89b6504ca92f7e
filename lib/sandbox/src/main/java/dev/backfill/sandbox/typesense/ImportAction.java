package dev.backfill.sandbox.typesense;

import java.util.Locale;

/** What an import does with each of its documents. */
enum ImportAction {
    /** Adds; one that is there already is refused. */
    CREATE,
    /** Changes the given fields; one that is not there is refused. */
    UPDATE,
    /** Adds, or replaces as a whole. */
    UPSERT,
    /** Adds, or changes the given fields; does not ask for required fields, as the real server's does not. */
    EMPLACE;

    static ImportAction of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "Parameter `action` must be a create|update|upsert.");
        }
    }

    boolean merges() {
        return this == UPDATE || this == EMPLACE;
    }
}
