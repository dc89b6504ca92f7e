package dev.backfill.http.read;

import dev.backfill.http.client.Answer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the calls of a pass end early: after several failures in a row, or at once where an answer concerns all calls
 * (too many requests, no permission). A single call that fails holds none of the others back. Thread-safe.
 */
final class Trouble {
    private static final int MOST_IN_A_ROW = 3;
    /** Statuses that may be about one call alone. */
    private static final Set<Integer> ITS_OWN = Set.of(500, 502, 504);

    private final AtomicInteger inARow = new AtomicInteger();

    /**
     * @param answer null if the call ended without one
     */
    void ended(@Nullable Answer answer, boolean bad) {
        if (!bad) {
            inARow.updateAndGet(count -> count >= MOST_IN_A_ROW ? count : 0);
        } else {
            inARow.addAndGet(answer == null || ITS_OWN.contains(answer.status()) ? 1 : MOST_IN_A_ROW);
        }
    }

    boolean isSerious() {
        return inARow.get() >= MOST_IN_A_ROW;
    }
}
