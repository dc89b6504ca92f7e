package dev.backfill.files;

import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.plan.TotalsFunction;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** The words that files add to the language. */
@Noun(value = "file words", task = Task.CONNECT)
public interface FileWords {
    @Word(value = "Names a folder of JSON files.", example = "files('/tmp/lake')")
    Folder files(String folder);

    /** What a folder offers. */
    @Noun("folder")
    interface Folder {
        @Word(
                value = "Says what to do, in the message for a file that is missing or cut off.",
                example = "files('/tmp/lake').orFail('run the step download first')",
                task = Task.READ)
        Folder orFail(String message);

        @Word(
                value = "Reads the records of a list in a JSON file.",
                example = "lake.readJson('warehouses.json', 'warehouses')",
                task = Task.READ)
        Listed readJson(String file, String list);

        @Word(
                value = "Reads a file with one JSON object on each line.",
                example = "lake.readJsonl('stock.jsonl')",
                task = Task.READ)
        Listed readJsonl(String file);

        @Word(
                value = "Writes a JSON file with the records in a list; the file appears only when it is "
                        + "complete.",
                example = "lake.writeJson('warehouses.json', 'warehouses')",
                task = Task.WRITE)
        Gathered writeJson(String file, String list);

        @Word(
                value = "Writes a JSON file that is the record itself, for a single record.",
                example = "lake.writeJson('summary.json')",
                task = Task.WRITE)
        SinkDefinition writeJson(String file);

        @Word(
                value = "Writes a file with one JSON object on each line; the file appears only when it is "
                        + "complete.",
                example = "lake.writeJsonl('stock.jsonl')",
                task = Task.WRITE)
        Gathered writeJsonl(String file);
    }

    /** What reading a file offers. */
    @Noun("records of a file")
    interface Listed extends SourceDefinition {
        @Word(
                value = "Reads these fields; a missing field is null.",
                example = "lake.readJson('warehouses.json', 'warehouses').select('id', 'name')",
                task = Task.READ)
        Listed select(@Reads String... fields);

        @Word(
                value = "Gives one record for each item of a list in the record, with the record's other fields.",
                example = "lake.readJson('stock.json', 'stock_records').unnest('lots')",
                task = Task.READ)
        Listed unnest(String list);

        @Word(
                value = "Sets the fields that identify a record in messages and dead letters. Without it, id, or "
                        + "all fields.",
                example = "lake.readJson('stock.json', 'stock_records').key('product_id', 'warehouse_id')",
                task = Task.READ)
        Listed key(String... fields);

        @Word(
                value = "Checks the fields next to the list before the first record is read; the function "
                        + "receives them and gives the reasons for refusing the file.",
                example = "lake.readJson('stock.json', 'stock_records').check { head -> head.count == 0 ? ['it is"
                        + " empty'] : [] }",
                task = Task.CHECK)
        Listed check(TotalsFunction reasons);

        @Word(
                value = "Counts the records that the file contains now; for use in functions.",
                example = "lake.readJson('warehouses.json', 'warehouses').count()",
                task = Task.READ)
        Long count();
    }

    /** What a file that gathers records offers. */
    @Noun("file")
    interface Gathered extends SinkDefinition {
        @Word(
                value = "Writes the fields that the function makes of the phase's counts above the list, after "
                        + "source, endpoint and fetched_at. Without it, the file has source, endpoint (of an HTTP "
                        + "service), fetched_at (the start of the run) and count.",
                example = "lake.writeJson('stock.json', 'stock_records').envelope { t -> [errors: t.rejected] }",
                task = Task.WRITE)
        Gathered envelope(TotalsFunction function);

        @Word(
                value = "Sorts the records of the file. Without it, they have the order in which they came.",
                example = "lake.writeJson('stock.json', 'stock_records').sorted('product_id', 'warehouse_id')",
                task = Task.WRITE)
        Gathered sorted(String... fields);

        @Word(
                value = "Names the file in which the records are collected until all are there. Without it, the "
                        + "name ends in .part.",
                example = "lake.writeJson('stock.json', 'stock_records').gathering('stock.jsonl.part')",
                task = Task.WRITE)
        Gathered gathering(String file);
    }
}
