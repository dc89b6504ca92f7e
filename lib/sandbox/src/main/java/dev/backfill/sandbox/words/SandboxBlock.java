package dev.backfill.sandbox.words;

import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** Declares what a script is tried on, and what must hold afterwards. */
@Noun(value = "sandbox", block = true)
public interface SandboxBlock {
    @Word(value = "What the data are like, in a sentence.", example = "about 'a shop after ten years'", required = true)
    void about(String sentence);

    @Word(
            value = "The script to try, from the folder above scripts; names given are variables of that run only.",
            example = "script 'scripts/products.groovy', SLEEP_BETWEEN_BATCHES: 0",
            required = true)
    void script(String path);

    void script(@Keys("*") Map<String, Object> variables, String path);

    @Word(
            value = "Variables that the script finds in addition to the servers' addresses.",
            example = "variables BATCH_SIZE: 1000")
    void variables(@Keys("*") Map<String, Object> variables);

    @Word(value = "How many rows, if --rows does not say.", example = "rows 100_000")
    void rows(Number rows);

    @Word(
            value = "Starts PostgreSQL and fills it.",
            example = "postgres { sql 'create table a as select n from generate_series(1, sandbox.rows()) n' }",
            required = true)
    void postgres(Consumer<PostgresBlock> block);

    @Word(
            value = "Starts Typesense and fills it from PostgreSQL.",
            example = "typesense { collection('products') { ... } }")
    void typesense(Consumer<SearchBlock> block);

    @Word(value = "Starts MongoDB, empty.", example = "mongodb()")
    void mongodb();

    @Word(
            value = "Starts FoundationDB's stand-in and fills it from PostgreSQL.",
            example = "foundationdb { records 'select key, value from things' }")
    void foundationdb(Consumer<RecordsBlock> block);

    @Word(value = "What the script is given on its command line.", example = "arguments '--create-schema'")
    void arguments(String... texts);

    @Word(
            value = "When the script is done it is run once more, from its start: then it may not touch a single row.",
            example = "again()")
    void again();

    @Word(
            value = "Starts a simulator of the Relbase API, with as many products as there are rows.",
            example = "relbase perSecond: 600")
    void relbase(@Keys(value = "perSecond", types = Number.class, required = "perSecond") Map<String, Object> named);

    @Word(
            value = "Must be true when the script is done: the query gives the rows that break it. Next to the tables"
                    + " themselves, before and after contain them and every document (column document) as they"
                    + " were and are.",
            example = "check 'no name was lost', 'select id from products where name is null'",
            repeats = true)
    void check(String sentence, String offenders);

    @Word(
            value = "A number that is printed when the script is done.",
            example = "show 'products', 'select count(*) from products'",
            repeats = true)
    void show(String label, String query);
}
