package dev.backfill.sandbox.words;

import dev.backfill.sandbox.plan.SearchCollection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the words of one collection. */
final class CollectionBuilder implements CollectionBlock {
    private final String name;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private String query = "";

    CollectionBuilder(String name) {
        this.name = name;
    }

    SearchCollection build() {
        return new SearchCollection(name, fields, query);
    }

    @Override
    public void fields(Map<String, Object> types) {
        fields.putAll(DeclarationBuilder.texts(types));
    }

    @Override
    public void documents(String documents) {
        query = documents;
    }
}
