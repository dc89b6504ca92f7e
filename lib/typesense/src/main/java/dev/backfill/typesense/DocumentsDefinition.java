package dev.backfill.typesense;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.typesense.documents.DocumentSource;
import java.util.List;
import java.util.Set;

/** Describes reading all documents. */
record DocumentsDefinition(CollectionDefinition collection, List<String> fields) implements SourceDefinition {
    @Override
    public Source open(Resources resources) {
        Set<String> ensured = Set.copyOf(collection.ensured());
        return new DocumentSource(collection.open(resources), collection.name(), fields, ensured);
    }

    /** The number of the page to read next. */
    @Override
    public Object shown(Cursor cursor) {
        return DocumentSource.page(cursor);
    }

    @Override
    public String title() {
        return collection.title();
    }
}
