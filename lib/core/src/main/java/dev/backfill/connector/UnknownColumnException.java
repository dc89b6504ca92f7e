package dev.backfill.connector;

import dev.backfill.words.Nearest;
import java.util.List;

/** Says that a record has no column of a name, which one was probably meant, and which there are. */
public final class UnknownColumnException extends RuntimeException {
    public UnknownColumnException(String name, List<String> known) {
        super("unknown column '" + name + "'" + Nearest.hint(name, known) + " (columns: " + String.join(", ", known)
                + ")");
    }
}
