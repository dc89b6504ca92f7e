package dev.backfill.run;

/**
 * How much of a run happens at the same time.
 *
 * @param splits how many splits of a phase are worked on side by side
 * @param inFlight how many batches of a split are under way at most, from reading to saving; 1: one after the other
 */
public record Concurrency(int splits, int inFlight) {
    public Concurrency {
        if (splits < 1 || inFlight < 1) {
            throw new IllegalArgumentException("at least 1 at a time, but is " + splits + " and " + inFlight);
        }
    }

    /** One split, of whose batches some are read ahead and written while others are saved. */
    public static Concurrency standard() {
        return new Concurrency(1, 4);
    }

    /** One thing after the other, on one thread. */
    public static Concurrency none() {
        return new Concurrency(1, 1);
    }

    /** How many splits are planned: more than are worked on at once, so that none has to wait long for the last one. */
    public int planned() {
        return splits == 1 ? 1 : splits * 2;
    }

    /** As much of this as so many connections carry: fewer splits, and fewer batches only if there is one split left. */
    public Concurrency within(int connections) {
        int fitting = (connections - 2) / (inFlight + 1);
        if (fitting >= splits) {
            return this;
        }
        return fitting >= 1
                ? new Concurrency(fitting, inFlight)
                : new Concurrency(1, Math.max(1, Math.min(inFlight, connections - 3)));
    }

    /** How many connections to one server that keeps busy: each batch under way one, each reader one, the checkpoint and the control one. */
    public int connections() {
        return splits * (inFlight + 1) + 2;
    }
}
