package dev.backfill.layout;

/** Draws a share as a bar that every terminal and every file can show. */
public final class Bar {
    private Bar() {}

    /**
     * Full only when the share is.
     *
     * @param share from 0 to 1
     */
    public static String of(double share, int width) {
        int full = (int) Math.floor(Math.max(0, Math.min(1, share)) * width);
        return "#".repeat(full) + ".".repeat(width - full);
    }
}
