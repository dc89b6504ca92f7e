package dev.backfill.plan.limit;

import dev.backfill.connector.Budget;
import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;
import java.time.Duration;

/** Describes a count of what was spent, which all processes share that name it. */
@Noun("budget")
public interface BudgetDefinition {
    /**
     * @param most how much may be spent in any time as long as the period
     */
    Budget open(Resources resources, long most, Duration period);

    /** What it is, for messages and shares of time: "budget etsy". */
    String title();
}
