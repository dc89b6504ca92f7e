package dev.backfill.foundationdb;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.foundationdb.key.KeyLayout;
import dev.backfill.foundationdb.key.KeyPart;
import dev.backfill.foundationdb.read.Keyspace;
import dev.backfill.foundationdb.read.KeyspaceSource;
import dev.backfill.foundationdb.value.FieldType;
import dev.backfill.foundationdb.value.JsonFields;
import dev.backfill.foundationdb.walk.Stop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the records under a prefix. */
record KeyspaceDefinition(FoundationdbDefinition cluster, String name, KeyLayout layout, JsonFields fields)
        implements FoundationdbWords.Keyspace {
    @Override
    public KeyspaceDefinition uuid(String part) {
        return new KeyspaceDefinition(cluster, name, layout.with(new KeyPart.Uuid(part)), fields);
    }

    @Override
    public KeyspaceDefinition nanos(String part) {
        return new KeyspaceDefinition(cluster, name, layout.with(new KeyPart.Nanos(part)), fields);
    }

    @Override
    public KeyspaceDefinition json(String... names) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        List.of(names).forEach(each -> types.put(each, FieldType.ANY));
        return new KeyspaceDefinition(cluster, name, layout, new JsonFields(types));
    }

    @Override
    public KeyspaceDefinition json(Map<String, Object> named) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        named.forEach((field, type) -> types.put(field, FieldType.called(String.valueOf(type))));
        return new KeyspaceDefinition(cluster, name, layout, new JsonFields(types));
    }

    @Override
    public FoundationdbWords.Walk follow(FoundationdbWords.Keyspace records) {
        return new WalkDefinition(cluster, List.of(stop())).follow(records);
    }

    @Override
    public FoundationdbWords.Walk follow(FoundationdbWords.Index pointers) {
        return new WalkDefinition(cluster, List.of(stop())).follow(pointers);
    }

    Stop stop() {
        return new Stop(name, layout, Optional.empty());
    }

    @Override
    public Source open(Resources resources) {
        return new KeyspaceSource(cluster.open(resources), keyspace());
    }

    private Keyspace keyspace() {
        if (layout.parts().isEmpty()) {
            throw new IllegalArgumentException(
                    "the keyspace '" + name + "' does not say what its keys are made of; write: .uuid('id')");
        }
        return new Keyspace(name, layout, fields);
    }

    @Override
    public String title() {
        return name + " records in " + cluster.settings().title();
    }
}
