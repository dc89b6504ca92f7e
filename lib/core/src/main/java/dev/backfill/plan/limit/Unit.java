package dev.backfill.plan.limit;

/** What a limit counts. */
public enum Unit {
    RECORDS,
    REQUESTS;

    /** As messages call it: "records". */
    public String title() {
        return this == RECORDS ? "records" : "requests";
    }
}
