package dev.backfill.pace;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.limit.BudgetDefinition;
import dev.backfill.plan.limit.MeasureDefinition;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** Limits the speed; all limits hold together. */
@Noun(value = "throttle", task = Task.PACE, block = true)
public interface ThrottleBlock {
    @Word(value = "Waits this many seconds after each batch.", example = "pause 1.0")
    void pause(Number seconds);

    @Word(value = "Waits after each batch for this share of the time that the batch took.", example = "nice 0.5")
    void nice(Number share);

    @Word(
            value = "Limits the records per second, or per another time.",
            example = "rate 600, per: 'minute'",
            repeats = true)
    void rate(Number records);

    void rate(
            @Keys(
                            @Key(
                                    name = "per",
                                    type = String.class,
                                    otherwise = "second",
                                    value = "The time that the number is for.",
                                    example = "rate 600, per: 'minute'"))
                    @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            Number records);

    @Word(
            value = "Limits the requests per second, or per another time; a batch counts as one request.",
            example = "requests 6",
            repeats = true)
    void requests(Number requests);

    void requests(
            @Keys(
                            @Key(
                                    name = "per",
                                    type = String.class,
                                    otherwise = "second",
                                    value = "The time that the number is for.",
                                    example = "requests 100, per: 'minute'"))
                    @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            Number requests);

    @Word(
            value = "Allows work only in these hours of a time zone. Outside of all windows a run ends with "
                    + "exit code 4.",
            example = "window '22:00-06:00 America/Santiago'",
            repeats = true)
    void window(String hours);

    @Word(
            value = "Pauses while a lag, in seconds, is too high.",
            example = "lag db.lag(), pauseAbove: 5, resumeBelow: 2",
            repeats = true)
    void lag(MeasureDefinition measure);

    void lag(
            @Keys({
                        @Key(
                                name = "pauseAbove",
                                type = Number.class,
                                otherwise = "1.5",
                                value = "Pauses when the lag is above this many seconds.",
                                example = "lag db.lag(), pauseAbove: 5, resumeBelow: 2"),
                        @Key(
                                name = "resumeBelow",
                                type = Number.class,
                                otherwise = "1.0",
                                value = "Resumes when the lag is not above this many seconds.",
                                example = "lag db.lag(), pauseAbove: 5, resumeBelow: 2")
                    })
                    Map<String, Object> named,
            MeasureDefinition measure);

    @Word(
            value = "Waits while the function gives true, and shows the name as the reason. The function "
                    + "runs once a second.",
            example = "waitWhile('many sessions') { db.sql.firstRow('select count(*) from pg_stat_activity')[0] > 80 }",
            repeats = true)
    void waitWhile(String why, CheckFunction test);

    @Word(
            value = "Limits the requests or records in a sliding time, across all processes that share the "
                    + "budget. A run ends with exit code 4 if the budget is spent for a long time.",
            example = "budget db.budget('etsy'), requests: 5000, per: 'day'",
            repeats = true)
    void budget(
            @Keys({
                        @Key(
                                name = "requests",
                                type = Number.class,
                                value = "How many requests the budget has; a batch counts as one. Give this or"
                                        + " records.",
                                example = "budget db.budget('etsy'), requests: 5000, per: 'day'"),
                        @Key(
                                name = "records",
                                type = Number.class,
                                value = "How many records the budget has. Give this or requests.",
                                example = "budget db.budget('etsy'), records: 100_000, per: 'day'"),
                        @Key(
                                name = "per",
                                type = String.class,
                                required = true,
                                value = "The time in which the budget may be spent, at any moment counted backwards.",
                                example = "budget db.budget('etsy'), requests: 5000, per: 'day'")
                    })
                    @OneOf({"second", "minute", "hour", "day"})
                    Map<String, Object> named,
            BudgetDefinition budget);
}
