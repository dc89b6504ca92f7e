package dev.backfill.throttle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One passage through all gates. What is reserved is reserved last, when nothing else holds, so that it is spent at once;
 * and once. Used by one thread.
 */
public final class Admission {
    private final Object lock;
    private final Cost planned;
    private final List<Gate> open;
    private final List<Gate> reserving;

    Admission(Object lock, List<Gate> gates, Cost planned) {
        this.lock = lock;
        this.planned = planned;
        this.open = gates.stream().filter(gate -> !gate.reserves()).toList();
        this.reserving = new ArrayList<>(gates.stream().filter(Gate::reserves).toList());
    }

    /** How long to wait before asking again; nothing: continue now, and do not ask again. */
    public Optional<Hold> ask() {
        synchronized (lock) {
            Optional<Hold> longest = open.stream()
                    .map(this::hold)
                    .max((one, other) -> one.time().compareTo(other.time()))
                    .filter(hold -> !hold.time().isZero());
            return longest.isPresent() ? longest : reserve();
        }
    }

    private Optional<Hold> reserve() {
        while (!reserving.isEmpty()) {
            Hold hold = hold(reserving.get(0));
            if (!hold.time().isZero()) {
                return Optional.of(hold);
            }
            reserving.remove(0);
        }
        return Optional.empty();
    }

    private Hold hold(Gate gate) {
        return new Hold(gate.ask(planned), gate.title());
    }
}
