package dev.backfill.flow;

import dev.backfill.run.HaltedException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lets the batches of a split into one sink in their order: at the same time if they are for different things of the target,
 * else one after the other. Thread-safe.
 */
final class WriteSequencer {
    private final Map<Long, Set<Object>> inside = new HashMap<>();
    private long next;
    private boolean halted;

    /**
     * Returns when the batch may be written; {@link HaltedException} if one before it has failed.
     *
     * @param batch counts the batches of the split from 0
     * @param targets what its records are for
     * @param alone true if no other batch may be in the sink at the same time
     */
    synchronized void enter(long batch, Set<Object> targets, boolean alone) {
        try {
            while (!halted && (batch != next || (alone ? !inside.isEmpty() : clashes(targets)))) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            halted = true;
        }
        if (halted) {
            throw new HaltedException();
        }
        inside.put(batch, targets);
        next++;
        notifyAll();
    }

    synchronized void leave(long batch) {
        inside.remove(batch);
        notifyAll();
    }

    /** Lets no batch in any more. */
    synchronized void halt() {
        halted = true;
        notifyAll();
    }

    private boolean clashes(Set<Object> targets) {
        return inside.values().stream().anyMatch(others -> !Collections.disjoint(others, targets));
    }
}
