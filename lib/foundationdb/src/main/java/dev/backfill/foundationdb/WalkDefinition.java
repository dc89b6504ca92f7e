package dev.backfill.foundationdb;

import dev.backfill.connector.Resources;
import dev.backfill.foundationdb.walk.Stop;
import dev.backfill.foundationdb.walk.Walk;
import java.util.ArrayList;
import java.util.List;

/** Describes a walk from records to records. */
record WalkDefinition(FoundationdbDefinition cluster, List<Stop> stops) implements FoundationdbWords.Walk {
    @Override
    public WalkDefinition follow(FoundationdbWords.Keyspace records) {
        return to(((KeyspaceDefinition) records).stop());
    }

    @Override
    public WalkDefinition follow(FoundationdbWords.Index pointers) {
        return to(((IndexDefinition) pointers).stop());
    }

    private WalkDefinition to(Stop next) {
        List<Stop> longer = new ArrayList<>(stops);
        longer.add(next);
        Walk.check(longer);
        return new WalkDefinition(cluster, List.copyOf(longer));
    }

    @Override
    public List<String> lines(Resources resources) {
        return new Walk(cluster.open(resources), stops).lines();
    }
}
