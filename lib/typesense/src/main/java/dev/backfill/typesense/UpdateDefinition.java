package dev.backfill.typesense;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.typesense.documents.DocumentSink;
import java.util.List;
import java.util.Set;

/** Describes changing documents that exist. */
record UpdateDefinition(CollectionDefinition collection, List<String> fields) implements SinkDefinition {
    @Override
    public Sink open(Resources resources) {
        return new DocumentSink(
                collection.open(resources), collection.name(), fields, Set.copyOf(collection.ensured()));
    }

    @Override
    public String title() {
        return collection.title();
    }
}
