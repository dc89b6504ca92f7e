package dev.backfill.cli.option;

import dev.backfill.cli.session.ExitCode;
import dev.backfill.time.StopSignal;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what a start does when its work has ended, for who starts it again and again. */
public final class EndSettings {
    private static final Duration LONG = Duration.ofHours(1);

    @Option(
            names = "--exit-zero-on",
            paramLabel = "CODES",
            split = ",",
            description =
                    "These exit codes become 0, as in 3,4: for schedulers and containers that start again after any"
                            + " other.")
    private List<Integer> exitZeroOn = List.of();

    @Option(
            names = "--idle-when-done",
            description =
                    "Sleeps when the work is done, until it is stopped: for containers that are always started again.")
    private boolean idleWhenDone;

    /** Waits if that is asked for, and gives the exit code. */
    public int end(int code, StopSignal stop, Time time) {
        boolean done = code == ExitCode.DONE.code() || code == ExitCode.DEAD_LETTERS.code();
        boolean stopped = !idleWhenDone || !done;
        while (!stopped) {
            stopped = time.await(LONG, stop);
        }
        return exitZeroOn.contains(code) ? ExitCode.DONE.code() : code;
    }

    /** The arguments that a next start needs to mean the same. */
    public String again() {
        return (exitZeroOn.isEmpty()
                        ? ""
                        : " --exit-zero-on "
                                + String.join(
                                        ",",
                                        exitZeroOn.stream().map(String::valueOf).toList()))
                + (idleWhenDone ? " --idle-when-done" : "");
    }
}
