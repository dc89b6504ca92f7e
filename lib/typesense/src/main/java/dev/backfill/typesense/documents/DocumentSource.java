package dev.backfill.typesense.documents;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Located;
import dev.backfill.connector.PeekableSource;
import dev.backfill.connector.Row;
import dev.backfill.connector.Split;
import dev.backfill.typesense.client.TypesenseClient;
import dev.backfill.typesense.schema.CollectionStatus;
import dev.backfill.typesense.schema.Inspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All documents of a collection in the order in which they were added. They are exported once, at full speed, to a file on
 * disk, and read from there: each as it was in the moment in which the export passed it. One that is added or deleted
 * during the export may be among them or not; what is added later is not. Used by one thread.
 */
public final class DocumentSource implements KeyedSource, PeekableSource, Located, Identified, Inspectable {
    private final TypesenseClient client;
    private final String collection;
    private final Columns columns;
    private final Set<String> ensured;
    private final DocumentsById byId;
    private boolean readable;
    private @Nullable Export export;

    /**
     * @param fields what to read, with or without the id, which is always read
     * @param ensured fields that may be read although the schema does not have them yet
     */
    public DocumentSource(TypesenseClient client, String collection, List<String> fields, Set<String> ensured) {
        this.client = client;
        this.collection = collection;
        this.columns = Columns.of(
                fields.contains("id")
                        ? fields
                        : Stream.concat(Stream.of("id"), fields.stream()).toList());
        this.ensured = Set.copyOf(ensured);
        this.byId = new DocumentsById(client, collection, columns);
    }

    /** The number of the page that is read next, from 1. */
    public static long page(Cursor cursor) {
        return cursor.atStart() ? 1 : Long.parseLong(cursor.text());
    }

    /** One split, with the number of documents exported. */
    @Override
    public List<Split> splits(int wanted) {
        return List.of(new Split(0, Cursor.start(), Optional.empty(), OptionalLong.of(export().documents())));
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        return export().read((int) page(after), limit);
    }

    @Override
    public String key(Row row) {
        return String.valueOf(row.get("id"));
    }

    /** A page's number means nothing to another export. */
    @Override
    public boolean resumable() {
        return false;
    }

    @Override
    public void close() {
        try {
            if (export != null) {
                export.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing the export of " + collection, e);
        }
    }

    /** Exports nothing; each as it is now. */
    @Override
    public List<Row> find(List<String> keys) {
        checkReadable();
        return List.copyOf(byId.find(keys).values());
    }

    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        return new DocumentReader(columns).of(fields);
    }

    @Override
    public String identity() {
        return CollectionStatus.read(client, collection).identity();
    }

    @Override
    public String location() {
        return identity();
    }

    @Override
    public List<Diagnostic> inspect() {
        return new Inspection(client, collection).findings(schema -> {
            schema.checkReadable(columns.names(), ensured);
            return List.of();
        });
    }

    @Override
    public long about() {
        return CollectionStatus.read(client, collection).documents();
    }

    /** Exports nothing; whatever documents a search for all gives first. */
    @Override
    public List<Row> some(int most) {
        checkReadable();
        return new FirstDocuments(client, collection, columns).take(most);
    }

    private void checkReadable() {
        if (!readable) {
            CollectionStatus.read(client, collection).schema().checkReadable(columns.names(), ensured);
            readable = true;
        }
    }

    private Export export() {
        if (export == null) {
            checkReadable();
            export = new Export(new Download(client, collection).of(columns), columns);
        }
        return export;
    }
}
