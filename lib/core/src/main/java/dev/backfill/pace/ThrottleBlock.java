package dev.backfill.pace;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Word;
import java.util.Map;

/** Limits the speed; all limits hold together. */
@Noun(value = "throttle", block = true)
public interface ThrottleBlock {
    @Word(value = "Waits so many seconds after each batch.", example = "pause 1.0")
    void pause(Number seconds);

    @Word(value = "Waits after each batch for this share of the time that the batch took.", example = "nice 0.5")
    void nice(Number share);

    @Word(
            value = "At most so many records a second, or in the time that per: names.",
            example = "rate 600, per: 'minute'",
            repeats = true)
    void rate(Number records);

    void rate(
            @Keys(value = "per", types = String.class) @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            Number records);

    @Word(
            value = "At most so many requests a second, or in the time that per: names; a batch counts as one.",
            example = "requests 6",
            repeats = true)
    void requests(Number requests);

    void requests(
            @Keys(value = "per", types = String.class) @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            Number requests);

    @Word(
            value = "Works in these hours of a time zone only; outside of all windows a run ends with exit 4.",
            example = "window '22:00-06:00 America/Santiago'",
            repeats = true)
    void window(String hours);

    @Word(
            value = "Pauses when this lag is above pauseAbove: (1.5 seconds) and resumes when it is not above"
                    + " resumeBelow: (1.0).",
            example = "lag db.lag(), pauseAbove: 5, resumeBelow: 2",
            repeats = true)
    void lag(MeasureDefinition measure);

    void lag(
            @Keys(
                            value = {"pauseAbove", "resumeBelow"},
                            types = {Number.class, Number.class})
                    Map<String, Object> named,
            MeasureDefinition measure);

    @Word(
            value = "Waits while this is true; it is asked once a second, and named by what it waits for.",
            example = "waitWhile('many sessions') { db.sql.firstRow('select count(*) from pg_stat_activity')[0] > 80 }",
            repeats = true)
    void waitWhile(String why, CheckFunction test);

    @Word(
            value = "At most so many requests: or records: in any time as long as per: says, counted with all"
                    + " processes that share the budget; a budget that is spent for long ends a run with exit 4.",
            example = "budget db.budget('etsy'), requests: 5000, per: 'day'",
            repeats = true)
    void budget(
            @Keys(
                            value = {"requests", "records", "per"},
                            types = {Number.class, Number.class, String.class},
                            required = "per")
                    @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            BudgetDefinition budget);
}
