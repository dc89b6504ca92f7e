package dev.backfill.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reports the records that could not be written when a part of a backfill was run on its own.
 *
 * @param asked the options by which the part was chosen
 */
public record PartText(String asked, LetterText letters) {
    public long count() {
        return letters.store().countDeadLetters();
    }

    /** How many there are for which reasons, and the first few. */
    public List<String> summary() {
        return Stream.concat(Stream.of(headline()), letters.summary().stream()).toList();
    }

    public String headline() {
        return "  dead letters of the part " + asked + ": " + Figures.count(count());
    }

    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("part", asked);
        object.put("deadLetters", count());
        object.put("deadLetterCounts", letters.store().letterCounts());
        return object;
    }
}
