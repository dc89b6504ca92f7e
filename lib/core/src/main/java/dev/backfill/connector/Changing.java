package dev.backfill.connector;

import java.util.Set;

/** Names what a sink changes. */
public interface Changing extends Located {
    /** The name by which a condition of a source would mention its target. */
    String name();

    /** The columns that it changes. */
    Set<String> changed();

    /** Those of them that must hold what a run wrote; without those in which anything is right that is there already. */
    default Set<String> compared() {
        return changed();
    }
}
