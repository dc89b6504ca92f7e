package dev.backfill.plan;

import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.Hours;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.plan.limit.Unit;
import java.time.Duration;

/** One limit on the speed of a run. */
public sealed interface ThrottleRule {
    /** Waits for this time after each batch. */
    record Pause(Duration time) implements ThrottleRule {}

    /**
     * Waits after each batch for a part of the time that the batch took.
     *
     * @param share 1: as long as the batch took
     */
    record Nice(double share) implements ThrottleRule {
        public Nice {
            requirePositive(share, "the share of 'nice'");
        }
    }

    /** At most so many in each such time. */
    record Rate(Unit unit, double most, Duration per) implements ThrottleRule {
        public Rate {
            requirePositive(most, "a rate");
        }

        /** So many records. */
        public Rate(double records, Duration per) {
            this(Unit.RECORDS, records, per);
        }
    }

    /** Chooses the size of batches so that each takes about this time. */
    record BatchTime(Duration target) implements ThrottleRule {
        public BatchTime {
            requirePositive((double) target.toNanos(), "the target of a batch");
        }
    }

    /** Works in these hours only. */
    record Window(Hours hours) implements ThrottleRule {}

    /** Pauses above one value, and resumes at or below the other. */
    record Lag(MeasureDefinition measure, double pauseAbove, double resumeBelow) implements ThrottleRule {
        public Lag {
            if (resumeBelow > pauseAbove || resumeBelow < 0) {
                throw new IllegalArgumentException("resumeBelow: must be between 0 and pauseAbove:, but pauseAbove: is "
                        + pauseAbove + " and resumeBelow: is " + resumeBelow);
            }
        }
    }

    /**
     * Waits while this is true.
     *
     * @param why what it waits for, for messages and shares of time
     */
    record WaitWhile(String why, CheckFunction test) implements ThrottleRule {}

    /** Spends at most so many in any time as long as the period, with all who share the budget. */
    record Spending(BudgetDefinition budget, Unit unit, long most, Duration per) implements ThrottleRule {
        public Spending {
            requirePositive((double) most, "a budget");
        }
    }

    private static void requirePositive(double number, String what) {
        if (!(number > 0)) {
            throw new IllegalArgumentException(what + " must be above 0, but is " + number);
        }
    }
}
