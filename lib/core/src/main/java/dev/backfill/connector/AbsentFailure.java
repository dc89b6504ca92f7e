package dev.backfill.connector;

import java.util.List;

/** Says that something is not there, which a {@link Requirement} may be about to add. */
public final class AbsentFailure extends FatalFailure {
    private final transient Object place;
    private final transient List<String> name;

    /**
     * @param place where it was looked for, as its database
     * @param name what was looked for, with the schema or the like that leads it
     */
    public AbsentFailure(String message, Object place, List<String> name) {
        super(message);
        this.place = place;
        this.name = List.copyOf(name);
    }

    public Object place() {
        return place;
    }

    public List<String> name() {
        return name;
    }
}
