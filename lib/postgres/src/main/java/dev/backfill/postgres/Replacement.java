package dev.backfill.postgres;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FileEnvelope;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.ScriptContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says which rows are replaced, and of which file.
 *
 * @param condition in SQL, for the rows; nothing: none
 * @param partial true if a file that is not complete will do
 * @param expected by the place in the envelope, how much there must be at least
 */
record Replacement(Optional<String> condition, boolean partial, Map<String, CheckFunction> expected) {
    private static final Duration MOST_AGE = Duration.ofHours(24);
    private static final String PLACEHOLDER = ":ID";

    Replacement {
        expected = new TreeMap<>(expected);
    }

    static Replacement none() {
        return new Replacement(Optional.empty(), false, Map.of());
    }

    static Replacement of(String condition, ScriptContext script) {
        return new Replacement(
                condition.isBlank() ? Optional.empty() : Optional.of(condition),
                script.options()
                        .value(
                                "accept-partial",
                                false,
                                "replaces rows also by a file with errors, with gaps, without an envelope, or older"
                                        + " than a day"),
                Map.of());
    }

    /** By the condition that the option --replace names. */
    static Replacement chosen(Map<String, Object> conditions, ScriptContext script) {
        String names = String.join(" or ", conditions.keySet());
        String wanted = script.options()
                .value("replace", "", names + ": also deletes the rows of it that the records do not contain");
        return of(wanted.isEmpty() ? "" : condition(conditions, names, wanted), script);
    }

    private static String condition(Map<String, Object> conditions, String names, String wanted) {
        return conditions.entrySet().stream()
                .flatMap(each -> matching(each.getKey(), String.valueOf(each.getValue()), wanted).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--replace must be " + names + ", but is '" + wanted + "'"));
    }

    private static Optional<String> matching(String name, String condition, String wanted) {
        if (!name.endsWith(PLACEHOLDER)) {
            return name.equals(wanted) ? Optional.of(condition) : Optional.empty();
        }
        String start = name.substring(0, name.length() - PLACEHOLDER.length()) + ":";
        String number = wanted.startsWith(start) ? wanted.substring(start.length()) : "";
        return number.matches("\\d{1,18}")
                ? Optional.of(condition.replaceAll(PLACEHOLDER + "\\b", number))
                : Optional.empty();
    }

    Replacement expecting(String place, CheckFunction number) {
        Map<String, CheckFunction> more = new TreeMap<>(expected);
        more.put(place, number);
        return new Replacement(condition, partial, more);
    }

    /** Why the file may not replace rows; none: it may. */
    List<String> objections(FileEnvelope envelope, boolean begun) {
        if (condition.isEmpty() || partial) {
            return List.of();
        }
        List<String> objections =
                new ArrayList<>(envelope.objections(Clock.systemUTC().instant(), MOST_AGE));
        if (begun && envelope.fields().containsKey("fetched_at")) {
            expected.forEach((place, number) -> gap(envelope, place, number).ifPresent(objections::add));
        }
        if (!objections.isEmpty()) {
            objections.add("make the file again, or give --accept-partial");
        }
        return objections;
    }

    private static Optional<String> gap(FileEnvelope envelope, String place, CheckFunction function) {
        Object wanted = function.test();
        if (!(wanted instanceof Number number)) {
            throw new FatalFailure(
                    "expecting('" + place + "') must give a number, but gave " + wanted + "; give a number there");
        }
        long all = number.longValue();
        String counted = place.substring(place.lastIndexOf('.') + 1).replace('_', ' ');
        Optional<Long> covered = envelope.number(place);
        return covered.isPresent() && covered.get() >= all
                ? Optional.empty()
                : Optional.of(covered.map(found -> "it covers " + found + " of " + all + " " + counted)
                        .orElse("its envelope has no number '" + place + "', which must be " + all));
    }
}
