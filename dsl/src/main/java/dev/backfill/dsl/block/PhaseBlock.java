package dev.backfill.dsl.block;

import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;

/** States one pass from a source to its sinks. */
@Noun(value = "phase", block = true)
public interface PhaseBlock extends PaceBlock {
    @Word(
            value = "Who accounts for records added during the run: handledBy: names who handles them; catchUp: is a"
                    + " condition for rows that are still to be done, which the run looks for again at its end,"
                    + " and which validate leaves out of the source's conditions.",
            example = "newRows catchUp: 'deleted_at is null'")
    void newRows(
            @Keys(
                            value = {"handledBy", "catchUp"},
                            types = {String.class, String.class})
                    Map<String, Object> named);

    @Word(value = "The phase is run only if this is true.", example = "when option('consumptions', false)")
    void when(Boolean wanted);

    @Word(
            value = "Where the records come from; cursor: names the checkpoint's field for the position.",
            example = "source products.select('id', 'name'), cursor: 'last_id'",
            required = true)
    void source(SourceDefinition source);

    void source(@Keys(value = "cursor", types = String.class) Map<String, Object> named, SourceDefinition source);

    @Word(
            value = "Leaves out the records that are found there by this column, with when: only if that is true; or"
                    + " for which this is true.",
            example = "exclude products.by('id'), on: 'id'",
            repeats = true)
    void exclude(
            @Keys(
                            value = {"on", "when"},
                            types = {String.class, Boolean.class},
                            columns = "on",
                            required = "on")
                    Map<String, Object> named,
            LookupDefinition known);

    void exclude(RecordFunction unwanted);

    @Word(
            value = "Adds what is found there under this name; not found: null, or with orReject: a dead letter that"
                    + " says so.",
            example = "lookup 'product', products.by('sku').select('id'), on: 'sku'",
            repeats = true)
    void lookup(
            @Keys(
                            value = {"on", "orReject"},
                            types = {String.class, String.class},
                            columns = "on",
                            required = "on")
                    Map<String, Object> named,
            String name,
            LookupDefinition table);

    @Word(
            value = "Adds up a number of each record, for the summary.",
            example = "count('lots') { r -> r.lots.size() }",
            repeats = true)
    void count(String name, RecordFunction number);

    @Word(
            value = "With --verbose, a line for each record, after its number and how many there are.",
            example = "logEach { r -> \"$r.product.sku in $r.warehouse.name: ${r.lots.size()} lots\" }")
    void logEach(RecordFunction text);

    @Word(
            value = "A record for which this gives a text is a dead letter that says so.",
            example = "reject { r -> r.stock < 0 ? 'negative stock' : null }",
            repeats = true)
    void reject(RecordFunction reason);

    @Word(
            value = "What a record becomes: a map, a list of maps, or null for none.",
            example = "transform { p -> [id: p.id, name: p.name.trim()] }")
    void transform(RecordFunction function);

    @Word(
            value = "Looks the records up and transforms them once more after they were written, until nothing"
                    + " differs.",
            example = "repeatUntilStable()")
    void repeatUntilStable();

    @Word(
            value = "Where the records go; countAs: and countMissingAs: name the counts of what was written or had"
                    + " nothing to change, only: says which records.",
            example = "sink search.update('name'), countMissingAs: 'missing_in_search'",
            required = true,
            repeats = true)
    void sink(SinkDefinition sink);

    void sink(
            @Keys(
                            value = {"countAs", "countMissingAs", "only"},
                            types = {String.class, String.class, RecordFunction.class})
                    Map<String, Object> named,
            SinkDefinition sink);
}
