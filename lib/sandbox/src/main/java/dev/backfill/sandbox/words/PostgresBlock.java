package dev.backfill.sandbox.words;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** Fills PostgreSQL. */
@Noun(value = "postgres", task = Task.SANDBOX, block = true)
public interface PostgresBlock {
    @Word(
            value = "Runs statements that create tables and rows. sandbox.rows() gives the number of rows; "
                    + "sandbox.chance(n, 'about') a number from 0 up to 1 that is the same for the same n, "
                    + "text and seed; sandbox.number(n, 'about', low, high) a whole number.",
            example = "sql 'create table items as select n as id from generate_series(1, sandbox.rows()) n'",
            required = true,
            repeats = true)
    void sql(String statements);
}
