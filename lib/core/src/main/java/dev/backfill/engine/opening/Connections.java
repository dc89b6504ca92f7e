package dev.backfill.engine.opening;

import dev.backfill.connector.ConnectionPool;
import dev.backfill.retry.Retry;
import dev.backfill.run.Concurrency;
import dev.backfill.words.Quantity;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Bounds how much happens at the same time by the connections that servers have free, of which a fifth is left to others.
 */
public record Connections(Collection<ConnectionPool> pools, Retry retry) {
    /**
     * What fits into the connections.
     *
     * @param why the sentence for people; nothing if all that was wanted fits
     */
    public record Bound(Concurrency concurrency, Optional<String> why) {}

    /** Asks each server, and makes the pools as large as what fits. */
    public Bound bound(Concurrency wanted) {
        Bound bound = new Bound(wanted, Optional.empty());
        for (ConnectionPool pool : pools) {
            OptionalInt free = retry.run("asking " + pool.title() + " for free connections", pool::free);
            bound = free.isPresent() ? within(wanted, bound, pool, free.getAsInt()) : bound;
        }
        int connections = bound.concurrency().connections();
        pools.forEach(pool -> pool.resize(connections));
        return bound;
    }

    private Bound within(Concurrency wanted, Bound before, ConnectionPool pool, int free) {
        long sharing = pools.stream()
                .filter(each -> each.server().equals(pool.server()))
                .count();
        Concurrency fits = before.concurrency().within((int) (usable(free) / sharing));
        return fits.equals(before.concurrency())
                ? before
                : new Bound(fits, Optional.of(sentence(wanted, fits, pool, free)));
    }

    private static int usable(int free) {
        return free - free / 5;
    }

    private static String sentence(Concurrency wanted, Concurrency fits, ConnectionPool pool, int free) {
        String splits = fits.splits() == wanted.splits()
                ? ""
                : "running " + Quantity.of(fits.splits(), "split") + " instead of " + Quantity.number(wanted.splits());
        String inFlight = fits.inFlight() == wanted.inFlight()
                ? ""
                : (splits.isEmpty() ? "running " : ", ") + Quantity.of(fits.inFlight(), "batch")
                        + " in flight instead of " + Quantity.number(wanted.inFlight());
        return splits + inFlight + ": " + pool.title() + " has " + Quantity.of(free, "connection")
                + " free for this run, of which a fifth is left to others";
    }
}
