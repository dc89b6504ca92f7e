package dev.backfill.http.read;

/** Notices that a walk from page to page comes back to a page, by Brent's method: it remembers one place only. */
final class Circle {
    private String mark = "";
    private long steps;
    private long limit = 1;

    void begin(String place) {
        mark = place;
        steps = 0;
        limit = 1;
    }

    /** True if the walk was at this place before; after a walk around the circle twice at the latest it is noticed. */
    boolean closes(String place) {
        if (place.equals(mark)) {
            return true;
        }
        if (++steps == limit) {
            mark = place;
            limit *= 2;
            steps = 0;
        }
        return false;
    }
}
