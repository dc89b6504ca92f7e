package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;

/** States what must hold when a backfill is done, beside what the runtime compares of itself. */
@Noun(value = "validate", block = true)
public interface ValidateBlock {
    @Word(
            value = "Something that must hold: true, or no reasons why it does not.",
            example = "check('none is left') { db.sql.firstRow('select count(*) from items where x is null')[0] == 0 }",
            repeats = true)
    void check(String name, CheckFunction test);

    @Word(
            value = "Each target must hold as many records as its source has, but for the dead letters.",
            example = "counts()")
    void counts();

    @Word(
            value = "Something that a person should see: rows, lines, or a report.",
            example = "show('the oldest') { db.sql.rows('select id, name from items order by created_at limit 5') }",
            repeats = true)
    void show(String title, CheckFunction found);

    void show(String title, ReportDefinition report);

    @Word(
            value = "The share of the compared records that must agree; all, if it is not said.",
            example = "atLeast 0.999")
    void atLeast(Number share);
}
