package dev.backfill.typesense;

import dev.backfill.connector.Resources;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Describes a collection.
 *
 * @param ensured fields that the script asks for, so that they may be read even while they are not there yet
 */
record CollectionDefinition(Endpoint endpoint, String name, Set<String> ensured)
        implements TypesenseWords.SearchCollection {
    @Override
    public DocumentsDefinition documents(String... fields) {
        return new DocumentsDefinition(this, List.of(fields));
    }

    @Override
    public UpdateDefinition update(String... fields) {
        return new UpdateDefinition(this, List.of(fields));
    }

    @Override
    public FieldsDefinition int64(String... names) {
        return fields("int64", names);
    }

    @Override
    public FieldsDefinition int32(String... names) {
        return fields("int32", names);
    }

    @Override
    public FieldsDefinition string(String... names) {
        return fields("string", names);
    }

    @Override
    public FieldsDefinition bool(String... names) {
        return fields("bool", names);
    }

    TypesenseClient open(Resources resources) {
        return resources.shared(
                endpoint, TypesenseClient.class, () -> new TypesenseClient(endpoint, Clock.systemUTC()));
    }

    String title() {
        return name + " in Typesense";
    }

    private FieldsDefinition fields(String type, String... names) {
        ensured.addAll(List.of(names));
        return FieldsDefinition.of(this, type, List.of(names));
    }
}
