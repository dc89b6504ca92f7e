package dev.backfill.cli.checkpoint;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.option.Times;
import dev.backfill.cli.session.Confirmation;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.position.Leftovers;
import dev.backfill.run.OpenResources;
import dev.backfill.words.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        description =
                "Removes old dead letters, and old attempts from the history; keeps those of a run that is not done.",
        mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "90d",
            description = "How long ago they ended at least, as in 30d; by default 90d.")
    private String retention = "90d";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    PurgeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Instant before = Instant.now().minus(Times.duration("--older-than", retention));
        try (OpenResources resources = session.open(output.output())) {
            List<CheckpointStore> stores = stores(resources);
            Leftovers.Size size = stores.stream()
                    .map(store -> new Leftovers(store, before).size())
                    .reduce(Leftovers.Size.none(), Leftovers.Size::plus);
            if (size.isNothing()) {
                session.out().println(session.plan().name() + ": nothing is older than " + retention);
                return ExitCode.DONE.code();
            }
            Confirmation.ask("Remove " + told(size) + " of " + session.plan().name() + "?", yes);
            stores.forEach(store -> remove(store, before));
            session.out().println("removed " + told(size));
            return ExitCode.DONE.code();
        }
    }

    /** The whole's, and that of each part, which has a history and a list of its own. */
    private List<CheckpointStore> stores(OpenResources resources) {
        CheckpointStore whole = session.store(resources);
        Stream<CheckpointStore> parts = session.allParts(resources, whole).stream()
                .map(part -> part.letters().store());
        return Stream.concat(Stream.of(whole), parts).toList();
    }

    private void remove(CheckpointStore store, Instant before) {
        Leftovers leftovers = new Leftovers(store, before);
        if (leftovers.size().isNothing()) {
            return;
        }
        Lease lease = session.lease(store);
        try {
            leftovers.remove(lease);
        } finally {
            store.release(lease);
        }
    }

    private String told(Leftovers.Size size) {
        return String.format(
                Locale.ROOT,
                "%s and %s (%,.1f kB) older than %s",
                Quantity.of(size.starts(), "attempt"),
                Quantity.of(size.letters(), "dead letter"),
                size.bytes() / 1_000.0,
                retention);
    }
}
