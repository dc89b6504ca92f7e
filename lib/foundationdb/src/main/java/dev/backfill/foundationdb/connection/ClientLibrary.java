package dev.backfill.foundationdb.connection;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import com.apple.foundationdb.FDBException;
import dev.backfill.connector.FatalFailure;

/** The client library of FoundationDB, which is no Java and must be installed. */
final class ClientLibrary {
    /** What release 7.1 speaks. */
    private static final int API_VERSION = 710;

    private ClientLibrary() {}

    /** Opens a cluster without asking it anything yet. {@link FatalFailure} with the next step if there is no usable library. */
    static Database open(ClusterSettings settings) {
        try {
            boolean first = !FDB.isAPIVersionSelected();
            FDB client = FDB.selectAPIVersion(API_VERSION);
            if (first) { // the library takes no more options once it works
                settings.clients().ifPresent(client.options()::setExternalClientDirectory);
            }
            return client.open(settings.file().toString());
        } catch (LinkageError e) {
            throw new FatalFailure(
                    "open FDB: the client library of FoundationDB is not installed (" + reason(e)
                            + "); install foundationdb-clients 7.1, from the project's releases or with brew",
                    e);
        } catch (FDBException e) {
            throw new FatalFailure(
                    "open FDB: the client library refuses (" + e.getMessage() + ", " + e.getCode()
                            + "); it must be of release 7.1, and able to read " + settings.file(),
                    e);
        }
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
    }
}
