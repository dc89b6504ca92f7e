package dev.backfill.plan;

/** What a script says of records that come, or are committed, after the end of its work was fixed. */
public sealed interface NewRows {
    /** Somebody else sees to them. */
    record HandledBy(String whom) implements NewRows {}

    /**
     * The phase looks again for what is left, pass by pass, until a pass finds nothing.
     *
     * @param left a condition in the source's own language that holds for a record that is not done yet
     */
    record Tail(String left) implements NewRows {}
}
