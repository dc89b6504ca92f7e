package dev.backfill.plan;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * How many records may be refused before a run is given up.
 *
 * @param atMost more dead letters than this end the run
 * @param share of the records that a phase has read, from 0 to 1: a greater share of dead letters ends the run
 * @param grace so many dead letters end no run by their share: a few of the first records say nothing
 */
public record DeadLetterLimit(OptionalLong atMost, double share, long grace) {
    private static final long GRACE = 50;

    public DeadLetterLimit {
        if (atMost.orElse(0) < 0) {
            throw new IllegalArgumentException("dead letters: atMost must be 0 or more, but is " + atMost.getAsLong());
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("dead letters: share must be from 0 to 1, but is " + share);
        }
    }

    /** Above a thousand, 1 %: then the script or the target is wrong, not the records. */
    public static DeadLetterLimit standard() {
        return new DeadLetterLimit(OptionalLong.empty(), 0.01, 1_000);
    }

    public static DeadLetterLimit atMost(long letters) {
        return new DeadLetterLimit(OptionalLong.of(letters), 1, GRACE);
    }

    public static DeadLetterLimit share(double share) {
        return new DeadLetterLimit(OptionalLong.empty(), share, GRACE);
    }

    public static DeadLetterLimit of(long letters, double share) {
        return new DeadLetterLimit(OptionalLong.of(letters), share, GRACE);
    }

    /** As a person types it: 500, or 0.05%. */
    public static DeadLetterLimit read(String text) {
        try {
            return text.endsWith("%")
                    ? share(Double.parseDouble(text.substring(0, text.length() - 1)) / 100)
                    : atMost(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number such as 500, or a share such as 0.05%", e);
        }
    }

    /** True if so many dead letters of so many records read are too many. */
    public boolean exceeded(long letters, long read) {
        return (atMost.isPresent() && letters > atMost.getAsLong()) || (letters > grace && letters > read * share);
    }

    /** "more than 500", "more than 0.05 %". */
    public String text() {
        String percent =
                "more than " + String.format(Locale.ROOT, "%.4f", share * 100).replaceFirst("\\.?0+$", "") + " %";
        return atMost.isEmpty() ? percent : "more than " + atMost.getAsLong() + (share < 1 ? " or " + percent : "");
    }
}
