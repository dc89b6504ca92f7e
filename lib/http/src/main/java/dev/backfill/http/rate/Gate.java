package dev.backfill.http.rate;

import dev.backfill.time.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Lets calls pass one after the other, none before the rate allows it. Thread-safe. */
public final class Gate implements AutoCloseable {
    private final Optional<Ledger> ledger;
    private final Waiter waiter;

    private Gate(Optional<Ledger> ledger, Waiter waiter) {
        this.ledger = ledger;
        this.waiter = waiter;
    }

    /** For calls that nothing limits. */
    public static Gate open(Waiter waiter) {
        return new Gate(Optional.empty(), waiter);
    }

    public static Gate of(Rate rate, Waiter waiter) {
        return new Gate(Optional.of(new OwnLedger(rate, waiter.time())), waiter);
    }

    /** For a rate that processes share in a file. */
    public static Gate shared(Rate rate, Path file, Waiter waiter) {
        return new Gate(Optional.of(new FileLedger(rate, file, waiter.time())), waiter);
    }

    /**
     * Waits until a call may be sent; from then on it counts. {@link dev.backfill.time.StoppedException} if the thread was
     * interrupted in the meantime.
     */
    public Pass pass() {
        return ledger.map(this::pass).orElse(refused -> {});
    }

    private Pass pass(Ledger one) {
        while (true) {
            long[] call = new long[1];
            long wait = one.with(window -> {
                long held = window.take(one.now());
                call[0] = window.last();
                return held;
            });
            if (wait == 0) {
                return refused -> answered(one, call[0], refused);
            }
            waiter.pause(Duration.ofNanos(wait));
        }
    }

    private static void answered(Ledger ledger, long call, boolean refused) {
        ledger.with(window -> {
            if (refused) {
                window.refused(call);
            } else {
                window.answered(call, ledger.now());
            }
            return 0;
        });
    }

    @Override
    public void close() {
        // a rate outlives the run that used it
    }

    /** A call that was let through. */
    @FunctionalInterface
    public interface Pass {
        /**
         * Its answer has come, or will not come any more.
         *
         * @param refused true if the service did not count it, as it had too many
         */
        void answered(boolean refused);
    }
}
