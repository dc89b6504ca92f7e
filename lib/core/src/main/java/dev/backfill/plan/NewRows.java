package dev.backfill.plan;

/** What a script says of records that come, or are committed, after the end of its work was fixed. */
public sealed interface NewRows {
    /** Someone else handles them. */
    record HandledBy(String whom) implements NewRows {}

    /**
     * The phase looks again at its end for the rows that are left, in passes, until a pass finds none.
     *
     * @param left a condition in the source's own language, true for a record that is not done yet
     */
    record CatchUp(String left) implements NewRows {}
}
