package dev.backfill.engine.pacing;

import dev.backfill.connector.Failure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.retry.RetryListener;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.Waiter;
import java.time.Duration;

/** Accounts for the waits between attempts, and lets a person hold what a server asked to be sent later. */
public record TimedRetries(RetryListener listener, TimeSheet sheet, Gauges gauges, HandBrake brake)
        implements RetryListener {
    @Override
    public Failure explained(Failure failure) {
        return gauges.explained(failure);
    }

    @Override
    public void retrying(String doing, Failure failure, int attempt, Duration wait) {
        gauges.failed(String.valueOf(failure.getMessage()));
        listener.retrying(doing, failure, attempt, wait);
        sheet.waits(TimeSheet.RETRIES);
    }

    @Override
    public void waiting(Failure failure, Duration wait, Waiter waiter) {
        if (failure instanceof ThrottledFailure) {
            brake.waitOut(wait);
            brake.hold();
        } else {
            waiter.pause(wait);
        }
    }

    @Override
    public void waited() {
        sheet.goesOn(TimeSheet.RETRIES);
    }
}
