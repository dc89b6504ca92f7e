package bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured, as a page of Markdown. */
final class Report {
    private final Options options;
    private final List<String> notes = new ArrayList<>();
    private final Map<Contestant, List<Reading>> readings = new LinkedHashMap<>();
    private boolean failed;
    private double load;

    Report(Options options) {
        this.options = options;
    }

    void note(String note) {
        notes.add(note);
        System.out.println(note);
    }

    void add(Contestant contestant, Reading reading) {
        readings.computeIfAbsent(contestant, any -> new ArrayList<>()).add(reading);
        load = Math.max(load, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    void fail(Contestant contestant, Exception e) {
        failed = true;
        notes.add("FAILED once: " + contestant.title() + ": " + shortened(String.valueOf(e.getMessage())));
    }

    private static String shortened(String message) {
        String line = message.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 80) + " … " + line.substring(line.length() - 200) : line;
    }

    boolean failed() {
        return failed;
    }

    String date() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "# Measured on %s%n", date()));
        lines.add(String.format(Locale.ROOT, "%,d rows, %d rounds, medians; %d cores, %s, Java %s, highest load %.1f.%n",
                options.rows(), options.rounds(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"), System.getProperty("java.version"), load));
        notes.forEach(note -> lines.add("- " + note));
        lines.add("\n| | what | rows/s | of the limit | with its start | CPU us a row | without its start | RSS MB | range of rows/s |"
                + "\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        readings.keySet().stream()
                .sorted(java.util.Comparator.comparing(Contestant::letter).thenComparing(Contestant::title))
                .forEach(each -> lines.add(line(each)));
        lines.add("\n| goal | | measured | with its start | |\n| --- | --- | --- | --- | --- |");
        Goal.ALL.forEach(goal -> goal.line(this::median).ifPresent(lines::add));
        return String.join("\n", lines) + "\n" + marginal();
    }

    private String line(Contestant each) {
        Reading median = median(each.id()).orElseThrow();
        String ofLimit = each.letter().compareTo("h") > 0 ? "" : share(median, "limit");
        double[] rates = readings.get(each).stream().mapToDouble(Reading::rate).sorted().toArray();
        return String.format(Locale.ROOT, "| %s | %s | %,.0f | %s | %,.0f | %.2f | %s | %.0f | %,.0f - %,.0f |",
                each.letter(), each.title(), median.rate(), ofLimit, median.wholeRate(), median.microsecondsPerRow(),
                beyond(each, median), median.rss(), rates[0], rates[rates.length - 1]);
    }

    private String share(Reading reading, String of) {
        return median(of).map(limit -> String.format(Locale.ROOT, "%.2f", reading.rate() / limit.rate())).orElse("");
    }

    private String beyond(Contestant each, Reading median) {
        Optional<Double> beyond = each.letter().equals("e") ? beyond(median, "eloop") : beyond(median, "eproduct");
        boolean told = each.id().matches("b1000|b5000|e1000|e5000");
        return told ? beyond.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("") : "";
    }

    /** CPU a row of what comes after the first few rows. */
    private Optional<Double> beyond(Reading reading, String start) {
        return median(start)
                .filter(few -> few.rows() < reading.rows())
                .map(few -> (reading.cpu() - few.cpu()) / (reading.rows() - few.rows()) * 1e6);
    }

    private String marginal() {
        StringBuilder text = new StringBuilder();
        for (String size : List.of("1000", "5000")) {
            Optional<Double> ours = median("b" + size).flatMap(each -> beyond(each, "eproduct"));
            Optional<Double> loop = median("e" + size).flatMap(each -> beyond(each, "eloop"));
            ours.ifPresent(a -> loop.ifPresent(b -> text.append(String.format(Locale.ROOT,
                    "| CPU a row without the start, batch %s, of the loop by hand | <= 1.05 | **%.2f** | | %s |%n",
                    size, a / b, a / b <= 1.05 ? "reached" : "missed"))));
        }
        return text.toString();
    }

    /** Each figure is a median of its own. */
    private Optional<Reading> median(String id) {
        return readings.entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(id))
                .findFirst()
                .map(entry -> new Reading(entry.getValue().get(0).rows(), median(entry.getValue(), Reading::wall),
                        median(entry.getValue(), Reading::run), median(entry.getValue(), Reading::cpu),
                        median(entry.getValue(), Reading::rss)));
    }

    private static double median(List<Reading> readings, ToDoubleFunction<Reading> figure) {
        double[] sorted = readings.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
