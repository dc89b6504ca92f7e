package dev.backfill.run;

import java.util.List;

/** A run cannot simply continue: it was begun with another script, or on something else. */
public final class ChangedException extends RuntimeException {
    public ChangedException(String run, List<String> differences) {
        super("run " + run + " cannot be resumed: " + String.join("; ", differences)
                + ". Resume all the same with --accept-changes, begin again with --restart, or look at the settings.");
    }
}
