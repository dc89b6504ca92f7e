package dev.backfill.cli.steer;

import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.Owner;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Confirmation;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.ownership.Revocation;
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
                "Takes the backfill from an owner that hangs: it can save nothing more, and the next run begins as"
                        + " soon as the owner can write nothing more either, after half a minute at most.",
        mixinStandardHelpOptions = true)
final class TakeoverCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TakeoverCommand.class);

    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "The reason, which is logged.")
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
            CheckpointSnapshot stored = store.read();
            session.out()
                    .println(stored.holder()
                            .map(holder -> takeFrom(holder, stored.epoch(), store))
                            .orElse("nobody owns " + session.plan().name() + ": just run it"));
            return ExitCode.DONE.code();
        }
    }

    private String takeFrom(LeaseHolder holder, long epoch, CheckpointStore store) {
        Confirmation.ask("Take " + session.plan().name() + " from " + holder.owner() + "?", yes);
        Owner self = session.machine().owner(Instant.now());
        boolean waits = new Revocation(store, self, session.machine()).of(holder, epoch);
        LOG.warn("{} was taken from {} by {}: {}", session.plan().name(), holder.owner(), self, reason);
        String until = waits
                ? "; it may still write for up to " + CheckpointStore.LEASE.toSeconds()
                        + " s, for which the next run waits, or until its process is gone from this machine"
                : "";
        return "taken from " + holder.owner() + until + "; resume with: " + session.start() + output.again()
                + session.given();
    }
}
