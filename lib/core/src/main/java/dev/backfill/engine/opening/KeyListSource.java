package dev.backfill.engine.opening;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Conditional;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.SourceTraits;
import dev.backfill.connector.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the records of a list of keys, as many as are still there; a cursor is a place in the list. */
record KeyListSource(KeyedSource source, List<String> keys) implements Source {
    @Override
    public List<Split> splits(int wanted) {
        Cursor end = Cursor.after(String.valueOf(keys.size()));
        return List.of(new Split(0, Cursor.start(), Optional.of(end), OptionalLong.of(keys.size())));
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        int from = after.atStart() ? 0 : Integer.parseInt(after.text());
        List<String> wanted = keys.subList(from, Math.min(keys.size(), from + limit));
        List<String> asked = wanted.isEmpty() ? wanted : wanted.subList(0, source.together(wanted));
        List<Row> rows = asked.isEmpty() ? List.of() : source.find(asked);
        int to = from + asked.size();
        Batch batch = new Batch(rows, Cursor.after(String.valueOf(to)), to == keys.size());
        return asked.size() < wanted.size() ? batch.ofLarge() : batch;
    }

    /** Those of the source, but that a list of keys is read in one split, and is no further narrowed. */
    @Override
    public SourceTraits traits() {
        SourceTraits whole = source.traits();
        return new SourceTraits(
                whole.readsAhead(),
                whole.identified(),
                whole.inspectable(),
                whole.located(),
                whole.conditional().map(this::conditional),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                whole.searchable(),
                whole.keyed(),
                whole.transactional(),
                whole.sameServer());
    }

    private Conditional<Source> conditional(Conditional<Source> conditional) {
        return new Conditional<>() {
            @Override
            public Set<String> mentioned() {
                return conditional.mentioned();
            }

            @Override
            public Source without(String condition) {
                return new KeyListSource(
                        conditional.without(condition).traits().keyed().orElse(source), keys);
            }
        };
    }

    @Override
    public String key(Row row) {
        return source.key(row);
    }

    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        return source.restored(fields);
    }

    @Override
    public void close() {
        source.close();
    }
}
