package dev.backfill.engine.opening;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Finding;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.SourceTraits;
import dev.backfill.connector.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives the records of a list of keys, as many as are still there; a cursor is a place in the list. */
record KeyListSource(KeyedSource source, List<String> keys) implements Source, Identified, Inspectable {
    @Override
    public String identity() {
        return source instanceof Identified identified ? identified.identity() : "";
    }

    @Override
    public List<Finding> inspect() {
        return source instanceof Inspectable inspectable ? inspectable.inspect() : List.of();
    }

    @Override
    public List<Split> splits(int wanted) {
        Cursor end = Cursor.after(String.valueOf(keys.size()));
        return List.of(new Split(0, Cursor.start(), Optional.of(end), OptionalLong.of(keys.size())));
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        int from = after.atStart() ? 0 : Integer.parseInt(after.text());
        int to = Math.min(keys.size(), from + limit);
        List<Row> rows = from == to ? List.of() : source.find(keys.subList(from, to));
        return new Batch(rows, Cursor.after(String.valueOf(to)), to == keys.size());
    }

    @Override
    public SourceTraits traits() {
        return source.traits();
    }

    @Override
    public String key(Row row) {
        return source.key(row);
    }

    @Override
    public void close() {
        source.close();
    }
}
