package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;

/** States what must hold when a backfill is done, beside what the runtime compares of itself. */
@Noun(value = "validate", block = true)
public interface ValidateBlock {
    @Word(
            value = "Something that must hold: true, or no reasons why it does not.",
            example = "check('none is left') { db.sql.firstRow('select count(*) from items where x is null')[0] == 0 }",
            repeats = true,
            unique = true)
    void check(String name, CheckFunction test);

    @Word(
            value = "Each target must hold as many records as its source has, but for the dead letters.",
            example = "compareCounts()")
    void compareCounts();

    @Word(
            value = "The sums of a phase's records, without its dead letters, must be what the target holds; by: is"
                    + " the field that tells a record's group, actual: gives a row of sums for each. The function"
                    + " tells what a record adds: numbers are added up, of anything else the different ones are"
                    + " counted, null adds nothing.",
            example = "compareSums('stock', by: 'warehouse', actual: { db.sql.rows('select warehouse, sum(quantity) as"
                    + " units from stock group by warehouse') }) { lot -> [units: lot.quantity] }",
            repeats = true)
    void compareSums(
            @Keys(
                            value = {"by", "actual"},
                            types = {String.class, CheckFunction.class},
                            required = {"by", "actual"})
                    Map<String, Object> named,
            String phase,
            RecordFunction each);

    @Word(
            value = "Something that a person should see: rows, lines, or a report.",
            example = "show('the oldest') { db.sql.rows('select id, name from items order by created_at limit 5') }",
            repeats = true)
    void show(String title, CheckFunction found);

    void show(String title, ReportDefinition report);

    @Word(
            value = "Records that cannot be compared with what a run wrote are no failure, for this reason; their"
                    + " number is still reported.",
            example = "acceptUncompared 'the run adds to the balance that it finds'")
    void acceptUncompared(String reason);

    @Word(
            value = "The share of the compared records that must agree; all, if it is not said.",
            example = "atLeast 0.999")
    void atLeast(Number share);
}
