package dev.backfill.foundationdb;

import dev.backfill.connector.Resources;
import dev.backfill.foundationdb.connection.Cluster;
import dev.backfill.foundationdb.connection.ClusterSettings;
import dev.backfill.foundationdb.key.KeyLayout;
import dev.backfill.foundationdb.value.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a cluster. */
record FoundationdbDefinition(ClusterSettings settings) implements FoundationdbWords.Foundationdb {
    @Override
    public KeyspaceDefinition keyspace(String name, String prefix) {
        return new KeyspaceDefinition(this, name, layout(prefix), new JsonFields(Map.of()));
    }

    @Override
    public IndexDefinition index(String prefix) {
        return new IndexDefinition(this, layout(prefix), Optional.empty());
    }

    private static KeyLayout layout(String prefix) {
        return new KeyLayout(prefix, List.of(), false);
    }

    Cluster open(Resources resources) {
        return Cluster.shared(settings, resources);
    }
}
