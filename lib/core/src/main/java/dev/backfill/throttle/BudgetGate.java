package dev.backfill.throttle;

import dev.backfill.connector.Budget;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.run.PausedException;
import java.time.Duration;

/** Reserves from a budget what is about to be spent; a budget that is spent for long ends the run. */
record BudgetGate(ThrottleRule.Spending rule, Budget budget) implements Gate {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public Duration ask(Cost planned) {
        long amount = RateThrottle.amount(rule.unit(), planned);
        if (amount > rule.most()) {
            throw new FatalFailure(amount + " " + rule.unit().title() + " at once can never fit into " + stated()
                    + "; make batches smaller, or the budget larger");
        }
        Duration wait = amount == 0 ? Duration.ZERO : budget.reserve(amount);
        if (wait.compareTo(PATIENCE) > 0) {
            throw new PausedException(
                    stated() + " is spent: there is room again in " + Seconds.text(wait) + "; start it again then");
        }
        return wait;
    }

    private String stated() {
        return title() + " (" + rule.most() + " " + rule.unit().title() + " per " + Seconds.text(rule.per()) + ")";
    }

    @Override
    public boolean reserves() {
        return true;
    }

    @Override
    public String title() {
        return rule.budget().title();
    }
}
