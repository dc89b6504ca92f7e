package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;

/** States what must hold when a backfill is done, in addition to what the runtime compares of itself. */
@Noun(value = "validate", block = true)
public interface ValidateBlock {
    @Word(
            value = "Something that must be true: the function gives true, or no reasons why it is not.",
            example = "check('none is left') { db.sql.firstRow('select count(*) from items where x is null')[0] == 0 }",
            repeats = true,
            unique = true)
    void check(String name, CheckFunction test);

    @Word(
            value = "Each target must contain as many records as its source, except for the dead letters.",
            example = "compareCounts()")
    void compareCounts();

    @Word(
            value = "The sums of a phase's records, without its dead letters, must be those of the target's rows,"
                    + " group by group; the function says what a record or a row adds: numbers are added up, of"
                    + " other values the different ones are counted, null adds nothing. by: is the field for the"
                    + " groups; target: the rows that count (else all rows of the phase's table); label: finds the"
                    + " name of a group. The sums of the target are shown, too.",
            example = "compareSums('stock', by: 'warehouse_id', target: stock.where('quantity > 0'), label:"
                    + " warehouses.by('id').select('name')) { lot -> [lots: 1, units: lot.quantity] }",
            repeats = true)
    void compareSums(
            @Keys(
                            value = {"by", "target", "label", "actual"},
                            types = {String.class, RowsDefinition.class, LookupDefinition.class, CheckFunction.class},
                            required = "by")
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
