package bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A number that we want to reach, from the medians of two contestants. */
record Goal(String text, String ours, String theirs, ToDoubleFunction<Reading> figure, double bound, boolean atLeast) {
    static final List<Goal> ALL = List.of(
            rate("batch 1,000, of the server's own UPDATE", "b1000", "limit", 0.80),
            rate("batch 5,000, of the server's own UPDATE", "b5000", "limit", 0.90),
            rate("--parallel 2, of one split", "b2", "b5000", 0.95),
            rate("batch 1,000, of the batched Python", "b1000", "c1000", 2.1),
            rate("batch 5,000, of the batched Python", "b5000", "c5000", 2.1),
            rate("batch 1,000, of one request a document", "b1000", "each", 100),
            rate("20 ms sink, batch 1,000, of the batched Python", "f1000", "fc1000", 4.3),
            rate("20 ms sink, batch 5,000, of the batched Python", "f5000", "fc5000", 4.3),
            rate("20 ms sink, --parallel 4 of one split, --in-flight 1", "fparallel", "fwindow", 3),
            rate("real Typesense, batch 1,000, of the batched Python", "g1000", "gc1000", 1.5),
            rate("real Typesense, batch 5,000, of the batched Python", "g5000", "gc5000", 2.0),
            most("client CPU a row, batch 1,000, of the loop by hand", "b1000", "e1000", Reading::microsecondsPerRow, 1.05),
            most("client CPU a row, batch 5,000, of the loop by hand", "b5000", "e5000", Reading::microsecondsPerRow, 1.05),
            most("CPU a row with -Xmx48m, of that at 100,000 rows", "hlarge", "hsmall", Reading::microsecondsPerRow, 1.10),
            most("RSS with -Xmx48m, MB", "hlarge", "", Reading::rss, 150),
            most("RSS with -Xmx48m, of that at 100,000 rows", "hlarge", "hsmall", Reading::rss, 1.10),
            rate("upsert with a transform, of the server alone", "i", "inside", 0.35),
            rate("upsert with a transform, of ingestr without one", "i", "ingestr", 0.8),
            rate("upsert with a transform, of sling without one", "i", "sling", 1.5),
            rate("FoundationDB to PostgreSQL 5 ms away, of one statement a row", "jbulk", "jsingle", 1),
            rate("calls to an API, of the six a second that it allows, none refused", "k", "kallowed", 0.98));

    private static Goal rate(String text, String ours, String theirs, double bound) {
        return new Goal(text, ours, theirs, Reading::rate, bound, true);
    }

    private static Goal most(String text, String ours, String theirs, ToDoubleFunction<Reading> figure, double bound) {
        return new Goal(text, ours, theirs, figure, bound, false);
    }

    /** A line of the table; none if one of the two was not measured. */
    Optional<String> line(Function<String, Optional<Reading>> medians) {
        return value(medians, figure).map(value -> String.format(Locale.ROOT, "| %s | %s %s | **%s** | %s | %s |",
                text, atLeast ? ">=" : "<=", number(bound), number(value),
                atLeast ? value(medians, Reading::wholeRate).map(Goal::number).orElse("") : "",
                (atLeast ? value >= bound : value <= bound) ? "reached" : "missed"));
    }

    private Optional<Double> value(Function<String, Optional<Reading>> medians, ToDoubleFunction<Reading> of) {
        Optional<Double> one = medians.apply(ours).map(of::applyAsDouble);
        return theirs.isEmpty() ? one : one.flatMap(a -> medians.apply(theirs).map(b -> a / of.applyAsDouble(b)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 20 ? "%.2f" : "%.0f", value);
    }
}
