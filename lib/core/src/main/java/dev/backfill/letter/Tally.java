package dev.backfill.letter;

/**
 * What became of records that were tried again: tried = written + refused + gone + unread.
 *
 * @param written not refused any more: in the sinks as they should be, or left out by the script
 * @param gone not in the source any more
 * @param unread could not be read again
 */
public record Tally(long tried, long written, long refused, long gone, long unread) {
    public static Tally none() {
        return new Tally(0, 0, 0, 0, 0);
    }

    public Tally plus(Tally more) {
        return new Tally(
                tried + more.tried,
                written + more.written,
                refused + more.refused,
                gone + more.gone,
                unread + more.unread);
    }
}
