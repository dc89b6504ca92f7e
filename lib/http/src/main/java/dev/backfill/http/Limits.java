package dev.backfill.http;

import dev.backfill.http.rate.Gate;
import dev.backfill.http.rate.Rate;
import dev.backfill.time.StopSignal;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Waiter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many requests there may be.
 *
 * @param concurrency under way at the same time
 * @param file where the rate is shared with other processes
 */
record Limits(Optional<Rate> rate, int concurrency, Optional<Path> file) {
    Gate gate() {
        Waiter waiter = new Waiter(new SystemTime(), new StopSignal()); // an interrupt ends its waits
        return rate.map(each ->
                        file.map(shared -> Gate.shared(each, shared, waiter)).orElseGet(() -> Gate.of(each, waiter)))
                .orElseGet(() -> Gate.open(waiter));
    }
}
