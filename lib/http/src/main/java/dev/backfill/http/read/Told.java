package dev.backfill.http.read;

import java.util.List;
import java.util.Optional;

/**
 * What came of a call.
 *
 * @param value the part of the answer; an empty list where there is nothing
 * @param error why there is no answer
 */
record Told(Object value, Optional<String> error) {
    static Told nothing() {
        return new Told(List.of(), Optional.empty());
    }

    static Told error(String reason) {
        return new Told(List.of(), Optional.of(reason));
    }
}
