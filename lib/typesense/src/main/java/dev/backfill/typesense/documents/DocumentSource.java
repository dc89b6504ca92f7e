package dev.backfill.typesense.documents;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import dev.backfill.typesense.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All documents of a collection in the order in which they were added. They are exported once, at full speed, to a file on
 * disk, and read from there: each as it was in the moment in which the export passed it. One that is added or deleted
 * during the export may be among them or not; what is added later is not. Used by one thread.
 */
public final class DocumentSource implements Source {
    private final TypesenseClient client;
    private final String collection;
    private final Columns columns;
    private final Set<String> ensured;
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

    private Export export() {
        if (export == null) {
            Schema.read(client, collection).checkReadable(columns.names(), ensured);
            export = new Export(spooled(), columns);
        }
        return export;
    }

    private Spool spooled() {
        Duration timeout = client.endpoint().timeout();
        Call call = Call.get("exporting the documents of " + collection, path(), timeout);
        try {
            Spool spool = Spool.create();
            try {
                client.stream(call, part -> append(spool, part));
                return spool;
            } catch (RuntimeException e) {
                spool.close();
                throw e;
            }
        } catch (IOException e) {
            throw disk(e);
        }
    }

    private String path() {
        String names = columns.names().stream().map(Endpoint::encoded).collect(Collectors.joining(","));
        return Endpoint.path(collection, "/documents/export?include_fields=" + names);
    }

    private void append(Spool spool, byte[] part) {
        try {
            spool.append(part);
        } catch (IOException e) {
            throw disk(e);
        }
    }

    private FatalFailure disk(IOException cause) {
        return new FatalFailure(
                "exporting the documents of " + collection + ": cannot write to " + System.getProperty("java.io.tmpdir")
                        + " (" + cause.getMessage() + "); make room there, or name another folder with"
                        + " -Djava.io.tmpdir",
                cause);
    }
}
