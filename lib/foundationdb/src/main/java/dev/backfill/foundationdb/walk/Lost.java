package dev.backfill.foundationdb.walk;

import java.util.ArrayList;
import java.util.List;

/** Counts what a walk has lost of one kind, and keeps some for people to look at. */
final class Lost {
    private static final int EXAMPLES = 3;

    private final String kind;
    private final List<String> examples = new ArrayList<>();
    private long count;

    Lost(String kind) {
        this.kind = kind;
    }

    void add(String which) {
        count++;
        if (examples.size() < EXAMPLES) {
            examples.add(which);
        }
    }

    boolean any() {
        return count > 0;
    }

    /** "2 QR records that no pointer leads to: …". */
    String line() {
        return count + " " + kind + ": " + String.join(", ", examples) + (count > examples.size() ? ", …" : "");
    }
}
