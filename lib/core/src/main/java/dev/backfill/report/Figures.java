package dev.backfill.report;

import dev.backfill.words.Quantity;
import java.time.Duration;
import java.util.Locale;

/** Writes numbers and times as people read them. */
final class Figures {
    private Figures() {}

    static String count(long number) {
        return Quantity.number(number);
    }

    /** "1 batch", "2,000 batches". */
    static String count(long number, String what) {
        return Quantity.of(number, what);
    }

    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** "0.4 s", "12 s", "3 min 20 s", "5 h 2 min". */
    static String time(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1_000.0);
        if (duration.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        } else if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
}
