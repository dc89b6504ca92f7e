package dev.backfill.sandbox.words;

import dev.backfill.words.Noun;
import dev.backfill.words.Word;

/** Fills PostgreSQL. */
@Noun(value = "postgres", block = true)
public interface PostgresBlock {
    @Word(
            value =
                    "Statements that make the tables and their rows. sandbox.rows() is how many; sandbox.chance(n, 'about') "
                            + "is a number from 0 up to 1, always the same for the same n, text and seed; sandbox.number(n, "
                            + "'about', low, high) a whole one.",
            example = "sql 'create table items as select n as id from generate_series(1, sandbox.rows()) n'",
            required = true,
            repeats = true)
    void sql(String statements);
}
