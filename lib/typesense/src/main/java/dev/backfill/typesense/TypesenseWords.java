package dev.backfill.typesense;

import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Word;
import dev.backfill.words.Writes;

/** The words that Typesense adds to the language. */
@Noun("Typesense words")
public interface TypesenseWords {
    @Word(
            value =
                    "A Typesense server, from TYPESENSE_HOST, TYPESENSE_PORT, TYPESENSE_API_KEY; if set, from"
                            + " TYPESENSE_PROTOCOL (http), TYPESENSE_CONNECTION_TIMEOUT (10 seconds), TYPESENSE_CA_FILE as well.",
            example = "typesense()")
    Typesense typesense();

    /** What a server offers. */
    @Noun("server")
    interface Typesense {
        @Word(value = "A collection.", example = "typesense().collection('products_search')")
        SearchCollection collection(String name);
    }

    /** What a collection offers. */
    @Noun("collection")
    interface SearchCollection {
        @Word(
                value =
                        "Reads these fields of all documents in the order in which they were added; null where a document"
                                + " has none.",
                example = "search.documents('id', 'created_at')")
        SourceDefinition documents(@Reads String... fields);

        @Word(
                value = "Changes these fields of documents that exist, found by their id; null takes a field away.",
                example = "search.update('created_at', 'deleted_at')")
        SinkDefinition update(@Writes String... fields);

        @Word(value = "Fields for whole numbers of 64 bits.", example = "search.int64('created_at').optional()")
        SearchFields int64(String... names);

        @Word(value = "Fields for whole numbers of 32 bits.", example = "search.int32('stock').optional()")
        SearchFields int32(String... names);

        @Word(value = "Fields for texts.", example = "search.string('brand').optional()")
        SearchFields string(String... names);

        @Word(value = "Fields for true or false.", example = "search.bool('active').optional()")
        SearchFields bool(String... names);
    }

    /** What wanted fields offer. */
    @Noun("fields")
    interface SearchFields extends RequirementDefinition {
        @Word(value = "A document may lack them.", example = "search.int64('created_at').optional()")
        SearchFields optional();

        @Word(value = "Searches can filter by them.", example = "search.int64('created_at').indexed()")
        SearchFields indexed();

        @Word(value = "Searches can sort by them.", example = "search.int64('created_at').sortable()")
        SearchFields sortable();

        @Word(
                value = "Their values are kept, and come with the document.",
                example = "search.int64('created_at').stored()")
        SearchFields stored();
    }
}
