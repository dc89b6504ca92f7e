package dev.backfill.throttle;

import dev.backfill.connector.Budget;
import dev.backfill.connector.Measure;
import dev.backfill.connector.Resources;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.plan.limit.Hours;
import dev.backfill.time.Time;
import java.util.ArrayList;
import java.util.List;

/** Makes the gates that rules state, and opens what they ask. */
record Gates(Time time, Resources resources) {
    List<Gate> of(List<ThrottleRule> rules) {
        List<Gate> gates = new ArrayList<>();
        List<Hours> hours = new ArrayList<>();
        for (ThrottleRule rule : rules) {
            if (rule instanceof ThrottleRule.Window window) {
                hours.add(window.hours());
            } else if (rule instanceof ThrottleRule.Lag lag) {
                gates.add(lag(lag));
            } else if (rule instanceof ThrottleRule.WaitWhile waiting) {
                gates.add(new WatchGate(waiting.why(), waiting.test(), time));
            } else if (rule instanceof ThrottleRule.Spending spending) {
                gates.add(budget(spending));
            }
        }
        if (!hours.isEmpty()) {
            gates.add(new WindowGate(hours, time));
        }
        return gates;
    }

    private Gate lag(ThrottleRule.Lag lag) {
        Measure measure = lag.measure().open(resources);
        return new LagGate(lag, measure, time);
    }

    private Gate budget(ThrottleRule.Spending spending) {
        Budget budget = spending.budget().open(resources, spending.most(), spending.per());
        return new BudgetGate(spending, budget);
    }
}
