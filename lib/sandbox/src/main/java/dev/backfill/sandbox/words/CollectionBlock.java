package dev.backfill.sandbox.words;

import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;

/** Describes one collection. */
@Noun(value = "collection", task = Task.SANDBOX, block = true)
public interface CollectionBlock {
    @Word(
            value = "Sets the schema of the collection.",
            example = "fields name: 'string', brand: 'string?'",
            required = true)
    void fields(
            @Keys(
                            type = String.class,
                            any = "Each name is a field, each value its type, with a ? if documents may lack it.")
                    Map<String, Object> types);

    @Word(
            value = "Fills the collection from a query of PostgreSQL: each row is a document, without its "
                    + "null columns.",
            example = "documents 'select id, name from products'",
            required = true)
    void documents(String query);
}
