package dev.backfill.foundationdb.connection;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a cluster is found.
 *
 * @param file the cluster file
 * @param named what names that file, for messages
 * @param clients a folder of client libraries of other versions
 * @param standIn a file of records that stand in for a cluster, if that was asked for
 */
public record ClusterSettings(Path file, String named, Optional<String> clients, Optional<Path> standIn) {
    /** "FoundationDB", or which stand-in. */
    public String title() {
        return standIn.map(records -> "the stand-in for FoundationDB").orElse("FoundationDB");
    }
}
