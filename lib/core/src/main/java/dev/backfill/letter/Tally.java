package dev.backfill.letter;

import dev.backfill.words.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of records that were tried again: tried = written + refused + gone + unread.
 *
 * @param written not refused any more: in the sinks as they should be, or left out by the script
 * @param gone not in the source any more
 * @param unread could not be read again, or not from their dead letters
 * @param skipped those of the unread whose dead letters do not contain a record, by the reason
 */
public record Tally(long tried, long written, long refused, long gone, long unread, Map<String, Skipped> skipped) {
    public Tally {
        skipped = Map.copyOf(skipped);
    }

    /**
     * Dead letters that were left as they are.
     *
     * @param first the key of one of them
     */
    public record Skipped(long letters, String first) {
        Skipped plus(Skipped more) {
            return new Skipped(letters + more.letters, first);
        }
    }

    public static Tally none() {
        return new Tally(0, 0, 0, 0, 0, Map.of());
    }

    public Tally plus(Tally more) {
        Map<String, Skipped> all = new LinkedHashMap<>(skipped);
        more.skipped.forEach((reason, some) -> all.merge(reason, some, Skipped::plus));
        return new Tally(
                tried + more.tried,
                written + more.written,
                refused + more.refused,
                gone + more.gone,
                unread + more.unread,
                all);
    }

    public long allSkipped() {
        return skipped.values().stream().mapToLong(Skipped::letters).sum();
    }

    /** A sentence for each reason. */
    public List<String> reasons() {
        return skipped.entrySet().stream()
                .map(each -> Quantity.of(each.getValue().letters(), "dead letter")
                        + (each.getValue().letters() == 1 ? " was" : " were") + " skipped, the first is "
                        + each.getValue().first() + ": " + each.getKey())
                .sorted()
                .toList();
    }
}
