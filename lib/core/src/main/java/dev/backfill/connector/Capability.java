package dev.backfill.connector;

import java.util.Optional;

/** Reads from its Java type what a source, sink or store can do. Only their traits ask this; everybody else asks the traits. */
public final class Capability {
    private Capability() {}

    public static <T> Optional<T> of(Object thing, Class<T> capability) {
        return Optional.of(thing).filter(capability::isInstance).map(capability::cast);
    }

    @SuppressWarnings("unchecked")
    static <T> Optional<Conditional<T>> conditional(T thing) {
        return of(thing, Conditional.class).map(conditional -> (Conditional<T>) conditional);
    }
}
