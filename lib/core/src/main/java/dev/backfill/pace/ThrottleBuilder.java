package dev.backfill.pace;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.Hours;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.plan.limit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the limits of one throttle. {@link IllegalArgumentException} for a value that makes no sense. */
public final class ThrottleBuilder implements ThrottleBlock {
    private static final double PAUSE_ABOVE = 1.5;
    private static final double RESUME_BELOW = 1.0;

    private final List<ThrottleRule> rules = new ArrayList<>();

    /** What was stated so far, in its order. */
    public List<ThrottleRule> rules() {
        return List.copyOf(rules);
    }

    @Override
    public void pause(Number seconds) {
        rules.add(new ThrottleRule.Pause(Seconds.of("a pause", seconds)));
    }

    @Override
    public void nice(Number share) {
        rules.add(new ThrottleRule.Nice(share.doubleValue()));
    }

    @Override
    public void rate(Number records) {
        rate(Map.of(), records);
    }

    @Override
    public void rate(Map<String, Object> named, Number records) {
        rules.add(new ThrottleRule.Rate(Unit.RECORDS, records.doubleValue(), new Named(named).period("second")));
    }

    @Override
    public void requests(Number requests) {
        requests(Map.of(), requests);
    }

    @Override
    public void requests(Map<String, Object> named, Number requests) {
        rules.add(new ThrottleRule.Rate(Unit.REQUESTS, requests.doubleValue(), new Named(named).period("second")));
    }

    @Override
    public void window(String hours) {
        rules.add(new ThrottleRule.Window(Hours.of(hours)));
    }

    @Override
    public void lag(MeasureDefinition measure) {
        lag(Map.of(), measure);
    }

    @Override
    public void lag(Map<String, Object> named, MeasureDefinition measure) {
        Named given = new Named(named);
        double pauseAbove = given.number("pauseAbove").orElse(PAUSE_ABOVE);
        double resumeBelow = given.number("resumeBelow").orElse(Math.min(RESUME_BELOW, pauseAbove));
        rules.add(new ThrottleRule.Lag(measure, pauseAbove, resumeBelow));
    }

    @Override
    public void waitWhile(String why, CheckFunction test) {
        rules.add(new ThrottleRule.WaitWhile(why, test));
    }

    @Override
    public void budget(Map<String, Object> named, BudgetDefinition budget) {
        Named given = new Named(named);
        if (named.containsKey("requests") == named.containsKey("records")) {
            throw new IllegalArgumentException("a budget says either 'requests:' or 'records:'");
        }
        Unit unit = named.containsKey("requests") ? Unit.REQUESTS : Unit.RECORDS;
        long most = (long) given.number(unit.title()).orElseThrow();
        rules.add(new ThrottleRule.Spending(budget, unit, most, given.period("")));
    }
}
