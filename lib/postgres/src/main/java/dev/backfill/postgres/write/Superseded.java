package dev.backfill.postgres.write;

import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;

/** Gives the earlier records of a key the status that the last one leaves them: there is nothing more to do for them. */
final class Superseded {
    private Superseded() {}

    static void settle(Given given, WriteResult outcome) {
        // From the back, so that the next one of the key is settled before it is looked at.
        given.superseded().descendingMap().forEach((earlier, next) -> settle(earlier, next, outcome));
    }

    private static void settle(int earlier, int next, WriteResult outcome) {
        if (outcome.status(next) != WriteStatus.MISSING) {
            WriteStatus left =
                    outcome.status(next) == WriteStatus.SUPPRESSED ? WriteStatus.SUPPRESSED : WriteStatus.UNCHANGED;
            outcome.status(earlier, left).record(earlier, outcome.record(next));
        } else if (!outcome.continues(next)) {
            outcome.skipDownstream(earlier);
        }
    }
}
