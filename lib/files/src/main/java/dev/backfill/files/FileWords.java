package dev.backfill.files;

import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.plan.TotalsFunction;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Word;

/** The words that files add to the language. */
@Noun("file words")
public interface FileWords {
    @Word(value = "A folder of files with JSON.", example = "files('/tmp/lake')")
    Folder files(String folder);

    /** What a folder offers. */
    @Noun("folder")
    interface Folder {
        @Word(
                value = "What to do, for the message when a file is missing or cut off.",
                example = "files('/tmp/lake').orFail('run the step download first')")
        Folder orFail(String message);

        @Word(
                value = "The records of the list at this place of a JSON file.",
                example = "lake.readJson('warehouses.json', 'warehouses')")
        Listed readJson(String file, String list);

        @Word(value = "The records of a file with one JSON object a line.", example = "lake.readJsonl('stock.jsonl')")
        Listed readJsonl(String file);

        @Word(
                value = "A JSON file with the records in a list of this name, there only when it is whole; without a"
                        + " name: the record itself is the file.",
                example = "lake.writeJson('warehouses.json', 'warehouses')")
        Gathered writeJson(String file, String list);

        SinkDefinition writeJson(String file);

        @Word(
                value = "A file with one JSON object a line, there only when it is whole.",
                example = "lake.writeJsonl('stock.jsonl')")
        Gathered writeJsonl(String file);
    }

    /** What reading a file offers. */
    @Noun("records of a file")
    interface Listed extends SourceDefinition {
        @Word(
                value = "Reads these fields; null where a record has none.",
                example = "lake.readJson('warehouses.json', 'warehouses').select('id', 'name')")
        Listed select(@Reads String... fields);

        @Word(
                value = "A record for each item of this list, with the other fields of the record that contains it.",
                example = "lake.readJson('stock.json', 'stock_records').unnest('lots')")
        Listed unnest(String list);

        @Word(
                value = "The fields that identify records, for messages and dead letters; id by default, or all.",
                example = "lake.readJson('stock.json', 'stock_records').key('product_id', 'warehouse_id')")
        Listed key(String... fields);

        @Word(
                value = "Must be true before the first record is read; the function is given what is next to the list,"
                        + " and gives the reasons why it is not.",
                example = "lake.readJson('stock.json', 'stock_records').check { head -> head.count == 0 ? ['it is"
                        + " empty'] : [] }")
        Listed check(TotalsFunction reasons);

        @Word(
                value = "How many records the file has now; for functions.",
                example = "lake.readJson('warehouses.json', 'warehouses').count()")
        Long count();
    }

    /** What a file that gathers records offers. */
    @Noun("file")
    interface Gathered extends SinkDefinition {
        @Word(
                value = "Fields above the list in place of the count, made of what the phase has done; source,"
                        + " endpoint and fetched_at come first in any case. Without it: source, endpoint (of an"
                        + " HTTP service), fetched_at (when the run began) and count.",
                example = "lake.writeJson('stock.json', 'stock_records').envelope { t -> [errors: t.rejected] }")
        Gathered envelope(TotalsFunction function);

        @Word(
                value = "The order of the records in the file; else as they came.",
                example = "lake.writeJson('stock.json', 'stock_records').sorted('product_id', 'warehouse_id')")
        Gathered sorted(String... fields);

        @Word(
                value = "The file in which the records gather until all are there; else the name with .part.",
                example = "lake.writeJson('stock.json', 'stock_records').gathering('stock.jsonl.part')")
        Gathered gathering(String file);
    }
}
