package dev.backfill.cli.steer;

import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.control.Tuning;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tune",
        description = "Changes the speed of the run, on whatever machine; also of later attempts, until it is done.",
        mixinStandardHelpOptions = true)
final class TuneCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--batch-size", paramLabel = "RECORDS", description = "Records per batch.")
    private @Nullable Integer batchSize;

    @Option(names = "--rate", paramLabel = "RECORDS", description = "At most this many records a second.")
    private @Nullable Double rate;

    @Option(names = "--pause", paramLabel = "SECONDS", description = "Waits so long after each batch; 0: not at all.")
    private @Nullable Double pause;

    @Option(
            names = "--parallel",
            paramLabel = "SPLITS",
            description = "Works on this many splits at once, from the next phase or attempt on.")
    private @Nullable Integer parallel;

    @Option(names = "--reset", description = "Goes back to what the script says.")
    private boolean reset;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "The reason, which status" + " shows to others.")
    private String reason = "";

    TuneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Tuning tuning = new Tuning(whole(batchSize), number(rate), number(pause), whole(parallel));
        if (reset == !tuning.equals(Tuning.none())) {
            throw new WrongUseException(
                    List.of("say what to change: --batch-size, --rate, --pause, --parallel; or --reset alone"));
        }
        return reset
                ? ControlRequests.send(
                        session, output, reason, (requests, request) -> requests.untuned(request), "tuned: " + tuning)
                : ControlRequests.send(
                        session,
                        output,
                        reason,
                        (requests, request) -> requests.tuned(tuning, request),
                        "tuned: " + tuning);
    }

    private static OptionalInt whole(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalDouble number(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
