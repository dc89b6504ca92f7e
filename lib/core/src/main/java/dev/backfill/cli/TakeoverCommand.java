package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Claim;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.Stored;
import dev.backfill.run.OpenResources;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "takeover",
        description =
                "Takes the backfill from an owner that hangs: it can save nothing more, and the next run goes on.",
        mixinStandardHelpOptions = true)
final class TakeoverCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TakeoverCommand.class);

    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is logged.")
    private String reason = "";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    TakeoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (OpenResources resources = session.open(output.output())) {
            CheckpointStore store = session.store(resources);
            Stored stored = store.read();
            if (stored.holder().isEmpty()) {
                session.out().println("nobody owns " + session.plan().name() + ": just run it");
                return ExitCode.DONE;
            }
            String owner = stored.holder().get().owner().toString();
            Confirmation.ask("Take " + session.plan().name() + " from " + owner + "?", yes);
            Lease lease = store.acquire(session.machine().owner(Instant.now()), Claim.from(stored.epoch()));
            store.release(lease);
            LOG.warn("{} was taken from {} by {}: {}", session.plan().name(), owner, lease.owner(), reason);
            session.out().println("taken from " + owner + "; go on with: " + session.start() + output.again());
            return ExitCode.DONE;
        }
    }
}
