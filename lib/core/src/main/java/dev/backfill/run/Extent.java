package dev.backfill.run;

import dev.backfill.connector.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backfill a start is to do.
 *
 * @param phase only this phase
 * @param scope only this part of the phases' sources
 * @param keys only the records with these keys
 * @param limit at most so many records are read
 * @param until no batch begins after this instant
 */
public record Extent(
        Optional<String> phase, Scope scope, Optional<List<String>> keys, OptionalLong limit, Optional<Instant> until) {
    public static Extent all() {
        return new Extent(Optional.empty(), Scope.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** One phase, or all if it is null. */
    public static Extent phase(@Nullable String name) {
        return new Extent(
                Optional.ofNullable(name), Scope.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** True if other records are read than in a whole run, so that a position of its own must be kept. */
    public boolean partial() {
        return !scope.isAll() || keys.isPresent();
    }

    /** Names the part, so that the same part finds its position again. */
    public String name() {
        return Integer.toHexString(List.of(phase, scope, keys).hashCode());
    }
}
