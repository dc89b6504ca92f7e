package dev.backfill.letter;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Contains the records that dead letters contain, made again as their source gives them.
 *
 * @param rows by the letters' keys
 * @param skipped the letters that have no record, by the reason
 */
record Restored(Map<String, Row> rows, Map<String, Tally.Skipped> skipped) {
    static Restored of(Source source, List<DeadLetter> letters) {
        Map<String, Row> rows = new LinkedHashMap<>();
        Map<String, Tally.Skipped> skipped = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (DeadLetter letter : letters) {
            if (seen.add(letter.key())) { // a record has a letter for each sink that rejects it
                try {
                    rows.put(letter.key(), row(source, letter));
                } catch (IllegalArgumentException e) {
                    skipped.merge(
                            String.valueOf(e.getMessage()), new Tally.Skipped(1, letter.key()), Tally.Skipped::plus);
                }
            }
        }
        return new Restored(rows, skipped);
    }

    private static Row row(Source source, DeadLetter letter) {
        if (letter.rejection().kind() == Rejection.Kind.UNREADABLE) {
            throw new IllegalArgumentException("the source could not make a record of what it found; correct it there,"
                    + " then retry without --from-payload");
        }
        return source.restored(Payload.fields(letter.payload()));
    }
}
