package dev.backfill.cli.checkpoint;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Confirmation;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.position.CheckpointEdit;
import dev.backfill.run.OpenResources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "checkpoint",
        description = "Shows or changes the saved position.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CheckpointCommand implements Runnable {
    private final Session session;

    CheckpointCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new WrongUseException(List.of("say what to do with the checkpoint: show, set, reset, export or import"));
    }

    @Command(name = "show", description = "Prints the checkpoint as JSON.", mixinStandardHelpOptions = true)
    int show(@Mixin OutputOptions output) {
        try (OpenResources resources = session.open(output.output())) {
            CheckpointSnapshot stored = session.store(resources).read();
            Map<String, Object> document = new LinkedHashMap<>();
            stored.checkpoint().ifPresent(checkpoint -> {
                document.putAll(checkpoint.fields());
                document.put("backfill", checkpoint.run());
            });
            session.out().println(CheckpointJson.write(document));
            return ExitCode.DONE.code();
        }
    }

    @Command(
            name = "set",
            description = "Moves a phase's position; every later phase begins again.",
            mixinStandardHelpOptions = true)
    int set(
            @Mixin OutputOptions output,
            @Option(names = "--phase", required = true, paramLabel = "NAME", description = "The phase.") String phase,
            @Option(
                            names = "--after",
                            paramLabel = "KEY",
                            defaultValue = "",
                            description = "The key of the last record that is done; without it the phase begins again.")
                    String after,
            @Option(names = "--yes", description = "Does not ask.") boolean yes) {
        String question =
                "Set the position of " + phase + (after.isEmpty() ? " to its start" : " after '" + after + "'") + "?";
        return changed(
                session,
                output,
                yes,
                question,
                (store, lease) -> new CheckpointEdit(session.plan(), store).set(lease, phase, after));
    }

    @Command(
            name = "reset",
            description = "Forgets position and counts: the next run begins again; dead letters move to the history.",
            mixinStandardHelpOptions = true)
    int reset(@Mixin OutputOptions output, @Option(names = "--yes", description = "Does not ask.") boolean yes) {
        return changed(
                session,
                output,
                yes,
                "Forget position and counts of " + session.plan().name() + "?",
                CheckpointStore::clear,
                store -> store.putDamagedAside()
                        .forEach(moved -> session.out().println("it was damaged, and is kept as " + moved)));
    }

    /** What is done with the store while nobody else owns it. */
    @FunctionalInterface
    interface Change {
        void make(CheckpointStore store, Lease lease);
    }

    static int changed(Session session, OutputOptions output, boolean yes, String question, Change change) {
        return changed(session, output, yes, question, change, store -> {});
    }

    /** With something to do first, before the checkpoint is taken. */
    private static int changed(
            Session session,
            OutputOptions output,
            boolean yes,
            String question,
            Change change,
            Consumer<CheckpointStore> first) {
        try (OpenResources resources = session.open(output.output())) {
            Confirmation.ask(question, yes);
            CheckpointStore store = session.store(resources);
            first.accept(store);
            Lease lease = session.lease(store);
            try {
                change.make(store, lease);
            } finally {
                store.release(lease);
            }
            session.out().println("done");
            return ExitCode.DONE.code();
        }
    }
}
