package dev.backfill.connector;

import dev.backfill.words.Nearest;
import java.util.Collection;

/** Says that a record of JSON lacks a field that no record had so far, and whose name may be a misspelt one. */
public final class MissingFieldException extends RuntimeException {
    public MissingFieldException(String name, Collection<String> known) {
        super("the record has no field '" + name + "', and no record before it had one" + Nearest.hint(name, known)
                + " (fields: " + String.join(", ", known) + "); if it may be missing, read it with getOrDefault('"
                + name
                + "', null), else correct the name");
    }
}
