package dev.backfill.sandbox.server;

import dev.backfill.sandbox.process.Folder;
import java.nio.file.Path;
import java.util.Map;

/** Stands in for a FoundationDB cluster: a file of records that the connector reads instead, with the limits of the real one. */
public final class FoundationStandIn implements SandboxServer {
    private final Folder folder;

    private FoundationStandIn(Folder folder) {
        this.folder = folder;
    }

    public static FoundationStandIn start() {
        return new FoundationStandIn(Folder.create("foundationdb"));
    }

    /** Where its records are, a line each: key, tab, value, in hexadecimal. */
    public Path records() {
        return folder.path().resolve("records");
    }

    @Override
    public String kind() {
        return "FoundationDB";
    }

    @Override
    public String describe() {
        return "stand-in: the records of " + records() + ", read into the script's memory";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "FDB_STAND_IN", records().toString(),
                "DATABASEPATH", "",
                "FDB_CLUSTER_FILE", "",
                "FDB_NETWORK_OPTION_EXTERNAL_CLIENT_DIRECTORY", "");
    }

    @Override
    public String lookInside() {
        return "less " + records();
    }

    @Override
    public void close() {
        folder.close();
    }
}
