package dev.backfill.sandbox.words;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** Fills FoundationDB. */
@Noun(value = "foundationdb", task = Task.SANDBOX, block = true)
public interface RecordsBlock {
    @Word(
            value = "Fills FoundationDB from a query of PostgreSQL: each row is a record, with its key and "
                    + "its value as bytea.",
            example = "records 'select key, value from things'",
            required = true)
    void records(String query);
}
