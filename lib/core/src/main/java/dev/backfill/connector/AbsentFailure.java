package dev.backfill.connector;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says that something is missing, which the run itself may be about to make. */
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

    /** The one that caused a failure, or is it. */
    public static Optional<AbsentFailure> in(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, each -> each.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .filter(AbsentFailure.class::isInstance)
                .map(AbsentFailure.class::cast)
                .findFirst();
    }

    public Object place() {
        return place;
    }

    public List<String> name() {
        return name;
    }
}
