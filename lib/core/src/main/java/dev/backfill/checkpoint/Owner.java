package dev.backfill.checkpoint;

import java.time.Instant;

/**
 * The process that works on a run.
 *
 * @param machine tells whether another process can be looked up by its id here: host, boot and process namespace
 * @param since when the process took the run over
 */
public record Owner(String host, String machine, long pid, Instant processStart, String user, Instant since) {
    @Override
    public String toString() {
        return user + "@" + host + " pid " + pid;
    }
}
