package dev.backfill.remote;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long a server asks to wait: seconds, or a date by the server's own clock if it has one; from 0 to one day. */
public final class RetryAfter {
    /** A server that says more does not mean it. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    public static Optional<Duration> of(HttpHeaders headers, Clock clock) {
        return headers.firstValue("Retry-After").flatMap(text -> {
            if (text.strip().matches("[+-]?\\d+(\\.\\d*)?")) {
                return seconds(text.strip());
            }
            Instant now = headers.firstValue("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
            return date(text).map(then -> bounded(Duration.between(now, then)));
        });
    }

    private static Optional<Duration> seconds(String number) {
        String whole = number.replaceFirst("^\\+", "").replaceFirst("\\.\\d*$", "");
        if (whole.startsWith("-")) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(whole.length() > MOST_DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(whole))));
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
