package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.connector.AppendOnlySink;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.OpenSink;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.retry.Retry;
import java.time.Instant;
import java.util.List;

/** Lets the sinks of a phase whose targets grow know how much of them counts, and when they are whole. */
public record Growing(int index, OpenPhase phase, Retry retry, CheckpointWriter keeper) {
    /** Before the first record of this start. */
    void resume() {
        RunState state = keeper.state();
        List<OpenSink> sinks = phase.sinks();
        for (int i = 0; i < sinks.size(); i++) {
            OpenSink sink = sinks.get(i);
            String position = of(state).sinks().get(i).position();
            sink.traits().appendOnly().ifPresent(appending -> {
                fenced("opening " + sink.title(), () -> appending.truncateTo(position));
            });
        }
    }

    /** After the last record was saved. */
    void finish(Instant now) {
        RunState state = keeper.state();
        List<OpenSink> sinks = phase.sinks();
        for (int i = 0; i < sinks.size(); i++) {
            OpenSink sink = sinks.get(i);
            SinkCounts counts = of(state).sinks().get(i);
            sink.traits().appendOnly().ifPresent(appending -> {
                Row totals = Totals.of(phase.plan(), of(state), counts, state.started(), now);
                fenced("finishing " + sink.title(), () -> appending.publish(totals));
            });
        }
    }

    private void fenced(String doing, Runnable change) {
        retry.run(doing, () -> {
            keeper.check();
            change.run();
            return true;
        });
    }

    /** After the end was saved, by this start or by one before. */
    public void cleanUp() {
        for (OpenSink open : phase.sinks()) {
            open.traits().appendOnly().ifPresent(AppendOnlySink::cleanUp);
        }
    }

    /** False if a sink keeps nothing of what it has not finished. */
    static boolean resumable(OpenPhase phase) {
        return phase.sinks().stream()
                .flatMap(sink -> sink.traits().appendOnly().stream())
                .allMatch(AppendOnlySink::resumable);
    }

    private PhaseState of(RunState state) {
        return state.phases().get(index);
    }
}
