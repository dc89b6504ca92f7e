package dev.backfill.cli.steer;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.control.ControlRequest;
import dev.backfill.control.ControlState;
import dev.backfill.control.ControlStateStore;
import dev.backfill.control.LiveStatus;
import dev.backfill.control.LiveStatusStore;
import dev.backfill.run.OpenResources;
import dev.backfill.time.StopSignal;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Leaves a request next to the checkpoint, and says whether the run follows it. */
final class ControlRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private ControlRequests() {}

    /**
     * @param change what becomes of the requests
     * @param done for people: "paused"
     */
    static int send(
            Session session,
            OutputOptions output,
            String reason,
            BiFunction<ControlState, ControlRequest, ControlState> change,
            String done) {
        try (OpenResources resources = session.open(output.output())) {
            CheckpointStore whole = session.store(resources);
            Instant now = Instant.now();
            var self = session.machine().owner(now);
            ControlRequest request = new ControlRequest(self.user() + "@" + self.host(), now, reason);
            UnaryOperator<ControlState> asked = before -> change.apply(before, request);
            session.out().println(session.plan().name() + ": " + done + "; " + followed(whole, ask(whole, asked)));
            session.allParts(resources, whole).stream()
                    .filter(part -> concerned(part.letters().store()))
                    .forEach(part -> {
                        CheckpointStore store = part.letters().store();
                        String how = followed(store, ask(store, asked));
                        session.out().println("  the part " + part.asked() + ": " + done + "; " + how);
                    });
            return ExitCode.DONE.code();
        }
    }

    private static long ask(CheckpointStore store, UnaryOperator<ControlState> change) {
        return new ControlStateStore(store).change(change).number();
    }

    /** A part has a run of its own: one that is on, or one that an earlier request still keeps from working. */
    private static boolean concerned(CheckpointStore store) {
        return store.read().holder().filter(LeaseHolder::works).isPresent()
                || new ControlStateStore(store).read().hindrance().isPresent();
    }

    private static String followed(CheckpointStore store, long number) {
        Optional<LeaseHolder> holder = store.read().holder().filter(LeaseHolder::works);
        if (holder.isEmpty()) {
            return "no run is in progress; it applies to the next one";
        }
        return answered(store, number)
                ? "the run of " + holder.get().owner() + " has confirmed it"
                : "the run of " + holder.get().owner() + " has not answered within " + PATIENCE.toSeconds()
                        + " s; look at its status";
    }

    private static boolean answered(CheckpointStore store, long number) {
        LiveStatusStore statuses = new LiveStatusStore(store);
        Waiter waiter = new Waiter(new SystemTime(), new StopSignal());
        for (Duration spent = Duration.ZERO; spent.compareTo(PATIENCE) < 0; spent = spent.plus(LOOK)) {
            if (statuses.read().map(LiveStatus::answered).orElse(0L) >= number) {
                return true;
            }
            waiter.pause(LOOK);
        }
        return false;
    }
}
