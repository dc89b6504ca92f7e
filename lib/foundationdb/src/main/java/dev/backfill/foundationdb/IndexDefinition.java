package dev.backfill.foundationdb;

import dev.backfill.connector.Lookup;
import dev.backfill.connector.Resources;
import dev.backfill.foundationdb.key.KeyLayout;
import dev.backfill.foundationdb.key.KeyPart;
import dev.backfill.foundationdb.walk.PointerLookup;
import dev.backfill.foundationdb.walk.Stop;
import dev.backfill.plan.LookupDefinition;
import java.util.Optional;

/** Describes the pointers under a prefix. */
record IndexDefinition(FoundationdbDefinition cluster, KeyLayout layout, Optional<String> points)
        implements FoundationdbWords.Index {
    @Override
    public IndexDefinition uuid(String part) {
        return new IndexDefinition(cluster, layout.with(new KeyPart.Uuid(part)), points);
    }

    @Override
    public IndexDefinition nanos(String part) {
        return new IndexDefinition(cluster, layout.with(new KeyPart.Nanos(part)), points);
    }

    @Override
    public IndexDefinition rest() {
        return new IndexDefinition(cluster, layout.withRest(), points);
    }

    @Override
    public IndexDefinition value(String name) {
        return new IndexDefinition(cluster, layout, Optional.of(name));
    }

    @Override
    public LookupDefinition by(String name) {
        if (!points.equals(Optional.of(name))) {
            throw new IllegalArgumentException("the index " + layout.prefix() + " does not point to '" + name + "'"
                    + points.map(known -> ", but to '" + known + "'").orElse("; write: .value('" + name + "')"));
        }
        return new PointersDefinition(this);
    }

    Stop stop() {
        return new Stop(title(), layout, points);
    }

    private String title() {
        return "pointer " + layout.prefix();
    }

    /** Describes finding pointers by what they point to. */
    record PointersDefinition(IndexDefinition index) implements LookupDefinition {
        @Override
        public Lookup open(Resources resources) {
            return new PointerLookup(index.cluster().open(resources), index.stop());
        }

        @Override
        public String title() {
            return index.layout().prefix() + " in " + index.cluster().settings().title();
        }
    }
}
