package dev.backfill.sandbox.words;

import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** Declares what a script is tried on, and what must hold afterwards. */
@Noun(value = "sandbox", task = Task.SANDBOX, block = true)
public interface SandboxBlock {
    @Word(
            value = "Says in one sentence what the data are like.",
            example = "about 'a shop after ten years'",
            required = true)
    void about(String sentence);

    @Word(
            value = "Names the script to try, as a path from the folder above scripts.",
            example = "script 'scripts/products.groovy', SLEEP_BETWEEN_BATCHES: 0",
            required = true)
    void script(String path);

    void script(
            @Keys(any = "Each name is an environment variable of this run of the script.")
                    Map<String, Object> variables,
            String path);

    @Word(
            value = "Sets environment variables of the script, in addition to the addresses of the servers.",
            example = "variables BATCH_SIZE: 1000")
    void variables(@Keys(any = "Each name is an environment variable.") Map<String, Object> variables);

    @Word(value = "Sets how many rows there are without --rows.", example = "rows 100_000")
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

    @Word(value = "Starts an empty MongoDB.", example = "mongodb()")
    void mongodb();

    @Word(
            value = "Starts a stand-in for FoundationDB and fills it from PostgreSQL.",
            example = "foundationdb { records 'select key, value from things' }")
    void foundationdb(Consumer<RecordsBlock> block);

    @Word(value = "Sets the command line arguments of the script.", example = "arguments '--create-schema'")
    void arguments(String... texts);

    @Word(
            value = "Runs the script a second time from its start, and fails if that touches a single row.",
            example = "again()")
    void again();

    @Word(
            value = "Starts a simulator of the Relbase API with as many products as there are rows.",
            example = "relbase perSecond: 600")
    void relbase(
            @Keys(
                            @Key(
                                    name = "perSecond",
                                    type = Number.class,
                                    required = true,
                                    value = "How many requests a second the simulator accepts.",
                                    example = "relbase perSecond: 600"))
                    Map<String, Object> named);

    @Word(
            value = "Fails if the query gives rows when the script is done. The schemas before and after "
                    + "contain all tables, and documents in the column document, as they were and as they are.",
            example = "check 'no name was lost', 'select id from products where name is null'",
            repeats = true)
    void check(String sentence, String offenders);

    @Word(
            value = "Prints the number that a query gives when the script is done.",
            example = "show 'products', 'select count(*) from products'",
            repeats = true)
    void show(String label, String query);
}
