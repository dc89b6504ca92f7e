package dev.backfill.control;

import java.time.Instant;
import java.util.Optional;

/**
 * One start of a backfill, for people who look back.
 *
 * @param run the run that it began or continued
 * @param by the process: "ops@host pid 7"
 * @param ended nothing while it is on, or if it was killed
 * @param outcome how it stands or ended: "done", "paused: …", "failed: …"
 * @param read records of the whole run when it ended
 */
public record RunRecord(
        String run,
        String by,
        Instant started,
        Optional<Instant> ended,
        String outcome,
        long read,
        long written,
        long deadLetters) {
    /** Begins a record. */
    public static RunRecord begun(String run, String by, Instant at) {
        return new RunRecord(run, by, at, Optional.empty(), "running", 0, 0, 0);
    }

    /** The same, ended. */
    public RunRecord ended(Instant at, String how, long allRead, long allWritten, long allDead) {
        return new RunRecord(run, by, started, Optional.of(at), how, allRead, allWritten, allDead);
    }

    /** The same, never ended: its process was killed, or its machine is gone. */
    public RunRecord brokenOff() {
        return new RunRecord(run, by, started, ended, "broken off: it was killed or lost", read, written, deadLetters);
    }

    boolean isOf(RunRecord other) {
        return by.equals(other.by) && started.equals(other.started);
    }
}
