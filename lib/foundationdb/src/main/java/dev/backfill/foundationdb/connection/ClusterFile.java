package dev.backfill.foundationdb.connection;

import dev.backfill.connector.FatalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster file says.
 *
 * @param description the cluster's name for itself
 * @param coordinators the addresses that lead to it
 */
record ClusterFile(String description, String coordinators) {
    private static final Pattern LINE = Pattern.compile("(\\w+):(\\w+)@(\\S+)");

    /** {@link FatalFailure} with the next step if there is no such file, or it is of another form. */
    static ClusterFile read(ClusterSettings settings) {
        String text = text(settings);
        Matcher line = text.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(
                        () -> new FatalFailure(
                                head(settings)
                                        + " has no line of the form description:id@address:port; copy the file from a server of the cluster"));
        return new ClusterFile(line.group(1), line.group(3));
    }

    private static String text(ClusterSettings settings) {
        try {
            return Files.readString(settings.file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new FatalFailure(
                    head(settings) + (Files.exists(settings.file()) ? " cannot be read" : " is not there")
                            + "; copy it from a server of the cluster, and name it in DATABASEPATH or FDB_CLUSTER_FILE",
                    e);
        }
    }

    private static String head(ClusterSettings settings) {
        return "open FDB: the cluster file " + settings.file() + " (" + settings.named() + ")";
    }
}
