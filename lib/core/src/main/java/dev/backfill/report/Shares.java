package dev.backfill.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes parts of a time in whole percents that add up to 100, the largest first. */
final class Shares {
    private Shares() {}

    /** "work 62 %, pause 1 s 38 %". */
    static String text(Map<String, Double> shares) {
        return percents(shares).entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .sorted(Comparator.comparing((Map.Entry<String, Integer> part) -> -part.getValue()))
                .map(part -> part.getKey() + " " + part.getValue() + " %")
                .collect(Collectors.joining(", "));
    }

    /** "pause 1 s for 38 % of the time", for what held longest. */
    static Optional<String> most(Map<String, Double> shares, String work) {
        return shares.entrySet().stream()
                .filter(part -> !part.getKey().equals(work))
                .max(Map.Entry.comparingByValue())
                .map(part -> part.getKey() + " for " + Figures.percent(part.getValue()) + " of the time");
    }

    /** What is lost by rounding down goes to the parts that lost most by it. */
    static Map<String, Integer> percents(Map<String, Double> shares) {
        Map<String, Integer> whole = new LinkedHashMap<>();
        shares.forEach((name, share) -> whole.put(name, (int) Math.floor(share * 100)));
        List<Map.Entry<String, Double>> lost = new ArrayList<>(shares.entrySet());
        lost.sort(Comparator.comparingDouble(part -> Math.floor(part.getValue() * 100) - part.getValue() * 100));
        int missing = 100 - whole.values().stream().mapToInt(Integer::intValue).sum();
        lost.stream().limit(Math.max(0, missing)).forEach(part -> whole.merge(part.getKey(), 1, Integer::sum));
        return whole;
    }
}
