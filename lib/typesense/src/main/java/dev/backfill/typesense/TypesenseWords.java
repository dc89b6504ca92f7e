package dev.backfill.typesense;

import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Noun;
import dev.backfill.words.Reads;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import dev.backfill.words.Writes;

/** The words that Typesense adds to the language. */
@Noun(value = "Typesense words", task = Task.CHECK)
public interface TypesenseWords {
    @Word(
            value = "Names a Typesense server by the variables TYPESENSE_HOST, TYPESENSE_PORT and "
                    + "TYPESENSE_API_KEY; reads TYPESENSE_PROTOCOL (else http), TYPESENSE_CONNECTION_TIMEOUT "
                    + "(else 10 seconds) and TYPESENSE_CA_FILE if they are set.",
            example = "typesense()",
            task = Task.CONNECT)
    Typesense typesense();

    /** What a server offers. */
    @Noun("server")
    interface Typesense {
        @Word(value = "Names a collection.", example = "typesense().collection('products_search')", task = Task.CONNECT)
        SearchCollection collection(String name);
    }

    /** What a collection offers. */
    @Noun("collection")
    interface SearchCollection {
        @Word(
                value = "Reads these fields of all documents in the order in which they were added; a missing "
                        + "field is null.",
                example = "search.documents('id', 'created_at')",
                task = Task.READ)
        SourceDefinition documents(@Reads String... fields);

        @Word(
                value = "Changes these fields of existing documents, found by their id; null removes a field.",
                example = "search.update('created_at', 'deleted_at')",
                task = Task.WRITE)
        SinkDefinition update(@Writes String... fields);

        @Word(
                value = "Requires fields for whole numbers of 64 bits.",
                example = "search.int64('created_at').optional()")
        SearchFields int64(String... names);

        @Word(value = "Requires fields for whole numbers of 32 bits.", example = "search.int32('stock').optional()")
        SearchFields int32(String... names);

        @Word(value = "Requires fields for texts.", example = "search.string('brand').optional()")
        SearchFields string(String... names);

        @Word(value = "Requires fields for true or false.", example = "search.bool('active').optional()")
        SearchFields bool(String... names);
    }

    /** What wanted fields offer. */
    @Noun("fields")
    interface SearchFields extends RequirementDefinition {
        @Word(value = "Allows documents without these fields.", example = "search.int64('created_at').optional()")
        SearchFields optional();

        @Word(value = "Allows filters on these fields.", example = "search.int64('created_at').indexed()")
        SearchFields indexed();

        @Word(value = "Allows sorting by these fields.", example = "search.int64('created_at').sortable()")
        SearchFields sortable();

        @Word(
                value = "Stores the values of these fields, and returns them with the document.",
                example = "search.int64('created_at').stored()")
        SearchFields stored();
    }
}
