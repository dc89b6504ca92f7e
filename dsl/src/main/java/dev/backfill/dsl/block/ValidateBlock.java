package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
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
            value = "The share of the compared records that must agree; all, if it is not said.",
            example = "atLeast 0.999")
    void atLeast(Number share);
}
