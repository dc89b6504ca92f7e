package dev.backfill.typesense.schema;

/** What can be asked of a field next to its type. */
public enum Trait {
    OPTIONAL("optional"),
    INDEXED("index"),
    SORTABLE("sort"),
    STORED("store");

    private final String property;

    Trait(String property) {
        this.property = property;
    }

    /** Its name in a schema, where it is true or false. */
    String property() {
        return property;
    }
}
