package dev.backfill.sandbox.words;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.function.Consumer;

/** Fills Typesense. */
@Noun(value = "typesense", task = Task.SANDBOX, block = true)
public interface SearchBlock {
    @Word(
            value = "Creates a collection with its documents.",
            example = "collection('products') { fields name: 'string'; documents 'select id, name from products' }",
            required = true,
            repeats = true,
            unique = true)
    void collection(String name, Consumer<CollectionBlock> block);
}
