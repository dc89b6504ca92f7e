package bench;

import java.util.Locale;

/**
 * What one run took.
 *
 * @param wall seconds from the start of the process to its end
 * @param run seconds as the contestant itself tells them, without its start
 * @param cpu seconds of user and system time of the client's process; 0 if there is none
 * @param rss the most megabytes that the client's process held; 0 if there is none
 */
record Reading(long rows, double wall, double run, double cpu, double rss) {
    double rate() {
        return rows / run;
    }

    double wholeRate() {
        return rows / wall;
    }

    double microsecondsPerRow() {
        return cpu / rows * 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d rows in %.2f s (%.2f s with its start), %,.0f rows/s, %.2f us CPU a row, %.0f MB",
                rows, run, wall, rate(), microsecondsPerRow(), rss);
    }
}
