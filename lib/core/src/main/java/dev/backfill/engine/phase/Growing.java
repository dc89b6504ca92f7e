package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Appending;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.OpenSink;
import dev.backfill.position.Keeper;
import dev.backfill.retry.Retry;
import java.time.Instant;
import java.util.List;

/** Tells the sinks of a phase whose targets grow how much of them counts, and when they are whole. */
public record Growing(int index, OpenPhase phase, Retry retry, Keeper keeper) {
    /** Before the first record of this start. */
    void resume() {
        RunState state = keeper.state();
        List<OpenSink> sinks = phase.sinks();
        for (int i = 0; i < sinks.size(); i++) {
            if (sinks.get(i).sink() instanceof Appending appending) {
                String position = of(state).sinks().get(i).position();
                retry.run("opening " + sinks.get(i).title(), () -> {
                    keeper.check();
                    appending.resume(position);
                    return true;
                });
            }
        }
    }

    /** After the last record was saved. */
    void finish(Instant now) {
        RunState state = keeper.state();
        List<OpenSink> sinks = phase.sinks();
        for (int i = 0; i < sinks.size(); i++) {
            if (sinks.get(i).sink() instanceof Appending appending) {
                PhaseState done = of(state);
                Row totals = Totals.of(phase.plan(), done, done.sinks().get(i), state.started(), now);
                retry.run("finishing " + sinks.get(i).title(), () -> {
                    keeper.check();
                    appending.finish(totals);
                    return true;
                });
            }
        }
    }

    /** After the end was saved, by this start or by one before. */
    public void settle() {
        for (OpenSink open : phase.sinks()) {
            if (open.sink() instanceof Appending appending) {
                appending.settle();
            }
        }
    }

    /** False if a sink keeps nothing of what it has not finished. */
    static boolean resumable(OpenPhase phase) {
        return phase.sinks().stream()
                .allMatch(sink -> !(sink.sink() instanceof Appending appending) || appending.resumable());
    }

    private PhaseState of(RunState state) {
        return state.phases().get(index);
    }
}
