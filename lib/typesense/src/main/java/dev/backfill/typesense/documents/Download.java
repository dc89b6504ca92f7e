package dev.backfill.typesense.documents;

import dev.backfill.connector.Columns;
import dev.backfill.connector.FatalFailure;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.io.IOException;
import java.util.stream.Collectors;

/** Brings all documents of a collection to the disk, at full speed, so that no answer stays open for the length of a run. */
record Download(TypesenseClient client, String collection) {
    /** {@link dev.backfill.connector.Failure} unless the last document arrived. */
    Spool of(Columns columns) {
        Call call = Call.get(
                "exporting the documents of " + collection,
                path(columns),
                client.endpoint().timeout());
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

    private String path(Columns columns) {
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
