package dev.backfill.plan;

import dev.backfill.words.Noun;

/** A value that never prints. */
@Noun("secret")
public final class Secret {
    private final String name;
    private final String value;

    public Secret(String name, String value) {
        this.name = name;
        this.value = value;
    }

    /** The variable that it comes from. */
    public String name() {
        return name;
    }

    /** The value itself: for the server it is meant for, and for nothing else. */
    public String reveal() {
        return value;
    }

    /** Equal by value, so that what is opened with equal secrets can be shared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "secret " + name;
    }
}
