package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ReportDefinition;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** States what must hold when a backfill is done, in addition to what the runtime compares of itself. */
@Noun(value = "validate", task = Task.CHECK, block = true)
public interface ValidateBlock {
    @Word(
            value = "Fails unless the function gives true, or an empty list of reasons.",
            example = "check('none is left') { db.sql.firstRow('select count(*) from items where x is null')[0] == 0 }",
            repeats = true,
            unique = true)
    void check(String name, CheckFunction test);

    @Word(
            value = "Compares the number of records in each source, without its dead letters, with the "
                    + "number in each target.",
            example = "compareCounts()")
    void compareCounts();

    @Word(
            value = "Compares the sums of a phase's records, without its dead letters, with those of the "
                    + "target's rows, group by group, and shows the sums of the target. The function gives "
                    + "what a record or a row adds: numbers are added up, different values of other types are "
                    + "counted, null adds nothing.",
            example = "compareSums('stock', by: 'warehouse_id', target: stock.where('quantity > 0'), label:"
                    + " warehouses.by('id').select('name')) { lot -> [lots: 1, units: lot.quantity] }",
            repeats = true)
    void compareSums(
            @Keys({
                        @Key(
                                name = "by",
                                type = String.class,
                                required = true,
                                value = "The field that forms the groups.",
                                example = "compareSums('stock', by: 'warehouse_id', target: stock) { lot -> [units:"
                                        + " lot.quantity] }"),
                        @Key(
                                name = "target",
                                type = RowsDefinition.class,
                                otherwise = "all rows of the phase's table",
                                value = "The rows of the target that count.",
                                example =
                                        "compareSums('stock', by: 'warehouse_id', target: stock.where('quantity > 0'))"
                                                + " { lot -> [units: lot.quantity] }"),
                        @Key(
                                name = "label",
                                type = LookupDefinition.class,
                                otherwise = "the value of by",
                                value = "Finds the name of a group, to show it.",
                                example = "compareSums('stock', by: 'warehouse_id', target: stock, label:"
                                        + " warehouses.by('id').select('name')) { lot -> [units: lot.quantity] }"),
                        @Key(
                                name = "actual",
                                type = CheckFunction.class,
                                otherwise = "the target is read",
                                value = "Gives the sums of the target instead, as rows; for a query of one's own.",
                                example = "compareSums('stock', by: 'warehouse_id', actual: { db.sql.rows('select"
                                        + " warehouse_id, sum(quantity) as units from stock group by 1') }) { lot"
                                        + " -> [units: lot.quantity] }")
                    })
                    Map<String, Object> named,
            String phase,
            RecordFunction each);

    @Word(
            value = "Prints what the function gives: rows or lines.",
            example = "show('the oldest') { db.sql.rows('select id, name from items order by created_at limit 5') }",
            repeats = true)
    void show(String title, CheckFunction found);

    @Word(value = "Prints a report.", example = "show 'what is connected', users.follow(owned).follow(devices)")
    void show(String title, ReportDefinition report);

    @Word(
            value = "Accepts, for this reason, records that cannot be compared with what a run wrote; their "
                    + "number is still reported.",
            example = "acceptUncompared 'the run adds to the balance that it finds'")
    void acceptUncompared(String reason);

    @Word(
            value = "Sets the share of the compared records that must agree. Without it, all must.",
            example = "atLeast 0.999")
    void atLeast(Number share);
}
