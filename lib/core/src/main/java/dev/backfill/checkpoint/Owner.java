package dev.backfill.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The process that works on a run.
 *
 * @param machine says whether another process can be looked up by its id here: host, boot and process namespace
 * @param processStart distinguishes the process from an earlier one with the same id; on Linux counted from the boot
 * @param since when the process took the run over
 * @param revoked true if a person took the run from it: it can save nothing more, but what it has read or sent may still
 *     take effect until the lease has expired
 */
public record Owner(
        String host,
        String machine,
        long pid,
        Instant processStart,
        String user,
        Instant since,
        @JsonProperty("displaced") boolean revoked) {
    public Owner(String host, String machine, long pid, Instant processStart, String user, Instant since) {
        this(host, machine, pid, processStart, user, since, false);
    }

    /** The same process without the right to save. */
    public Owner withoutRight() {
        return new Owner(host, machine, pid, processStart, user, since, true);
    }

    @Override
    public String toString() {
        return user + "@" + host + " pid " + pid;
    }
}
