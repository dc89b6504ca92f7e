package dev.backfill.sandbox.words;

import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;
import java.util.Map;

/** Describes one collection. */
@Noun(value = "collection", block = true)
public interface CollectionBlock {
    @Word(
            value = "The type of each field of the schema, with a ? if documents may lack it.",
            example = "fields name: 'string', brand: 'string?'",
            required = true)
    void fields(@Keys("*") Map<String, Object> types);

    @Word(
            value = "A query of PostgreSQL: each row is a document, a null column is absent from it.",
            example = "documents 'select id, name from products'",
            required = true)
    void documents(String query);
}
