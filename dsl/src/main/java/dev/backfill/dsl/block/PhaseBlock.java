package dev.backfill.dsl.block;

import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** States one pass from a source to its sinks. */
@Noun(value = "phase", task = Task.STATE, block = true)
public interface PhaseBlock extends PaceBlock {
    @Word(
            value = "Says who handles rows that are inserted during the run.",
            example = "newRows catchUp: 'deleted_at is null'",
            task = Task.READ)
    void newRows(
            @Keys({
                        @Key(
                                name = "handledBy",
                                type = String.class,
                                value = "Names who handles them, so that the run need not.",
                                example = "newRows handledBy: 'the application, which writes the field itself'"),
                        @Key(
                                name = "catchUp",
                                type = String.class,
                                value = "A condition for rows that are not done yet. The run looks for them again at"
                                        + " its end; validate ignores this condition of the source.",
                                example = "newRows catchUp: 'deleted_at is null'")
                    })
                    Map<String, Object> named);

    @Word(value = "Runs the phase only if this is true.", example = "when option('consumptions', false)")
    void when(Boolean wanted);

    @Word(
            value = "Chooses where the records come from.",
            example = "source products.select('id', 'name'), cursor: 'last_id'",
            required = true,
            task = Task.READ)
    void source(SourceDefinition source);

    void source(
            @Keys(
                            @Key(
                                    name = "cursor",
                                    type = String.class,
                                    otherwise = "cursor",
                                    value = "The field of the checkpoint document for the position.",
                                    example = "source products.select('id', 'name'), cursor: 'last_id'"))
                    Map<String, Object> named,
            SourceDefinition source);

    @Word(
            value = "Skips the records that a lookup finds.",
            example = "exclude products.by('id'), on: 'id'",
            repeats = true,
            task = Task.CHANGE)
    void exclude(
            @Keys({
                        @Key(
                                name = "on",
                                type = String.class,
                                required = true,
                                column = true,
                                value = "The field of the record that is looked up.",
                                example = "exclude products.by('id'), on: 'id'"),
                        @Key(
                                name = "when",
                                type = Boolean.class,
                                otherwise = "true",
                                value = "Skips records only if this is true.",
                                example = "exclude products.by('id'), on: 'id', when: option('missing-only', true)")
                    })
                    Map<String, Object> named,
            LookupDefinition known);

    @Word(
            value = "Skips the records for which the function gives true.",
            example = "exclude { p -> p.name == null }",
            task = Task.CHANGE)
    void exclude(RecordFunction unwanted);

    @Word(
            value = "Looks up each record and adds what is found under this name.",
            example = "lookup 'product', products.by('sku').select('id'), on: 'sku'",
            repeats = true,
            task = Task.CHANGE)
    void lookup(
            @Keys({
                        @Key(
                                name = "on",
                                type = String.class,
                                required = true,
                                column = true,
                                value = "The field of the record that is looked up.",
                                example = "lookup 'product', products.by('sku').select('id'), on: 'sku'"),
                        @Key(
                                name = "orReject",
                                type = String.class,
                                otherwise = "adds null",
                                value = "Rejects a record for which nothing is found, with this reason.",
                                example = "lookup 'product', products.by('sku').select('id'), on: 'sku', orReject: 'no"
                                        + " such product'")
                    })
                    Map<String, Object> named,
            String name,
            LookupDefinition table);

    @Word(
            value = "Adds up a number of each record, for the summary.",
            example = "count('lots') { r -> r.lots.size() }",
            repeats = true,
            task = Task.CHANGE)
    void count(String name, RecordFunction number);

    @Word(
            value = "Prints a line for each record with --verbose, after the record's number and the number "
                    + "of all records.",
            example = "logEach { r -> \"$r.product.sku in $r.warehouse.name: ${r.lots.size()} lots\" }",
            task = Task.CHANGE)
    void logEach(RecordFunction text);

    @Word(
            value = "Rejects the records for which the function gives a reason.",
            example = "reject { r -> r.stock < 0 ? 'negative stock' : null }",
            repeats = true,
            task = Task.CHANGE)
    void reject(RecordFunction reason);

    @Word(
            value = "Makes what is written from each record: a map, a list of maps, or null for nothing.",
            example = "transform { p -> [id: p.id, name: p.name.trim()] }",
            task = Task.CHANGE)
    void transform(RecordFunction function);

    @Word(
            value = "Looks up and transforms the records again after they were written, until nothing " + "differs.",
            example = "repeatUntilStable()",
            task = Task.CHANGE)
    void repeatUntilStable();

    @Word(
            value = "Chooses where the records are written. Several sinks are written in this order.",
            example = "sink search.update('name'), countMissingAs: 'missing_in_search'",
            required = true,
            repeats = true,
            task = Task.WRITE)
    void sink(SinkDefinition sink);

    void sink(
            @Keys({
                        @Key(
                                name = "countAs",
                                type = String.class,
                                otherwise = "no such count",
                                value = "The name of the count of records that were written, or needed no change.",
                                example = "sink search.update('name'), countAs: 'updated_in_search'"),
                        @Key(
                                name = "countMissingAs",
                                type = String.class,
                                otherwise = "no such count",
                                value = "The name of the count of records that the target does not have.",
                                example = "sink search.update('name'), countMissingAs: 'missing_in_search'"),
                        @Key(
                                name = "only",
                                type = RecordFunction.class,
                                otherwise = "all records",
                                value = "Writes only records for which the function gives true.",
                                example = "sink search.update('name'), only: { r -> r.name != null }")
                    })
                    Map<String, Object> named,
            SinkDefinition sink);
}
