package dev.backfill.engine.opening;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Appending;
import dev.backfill.connector.FatalFailure;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Retrial;
import dev.backfill.ownership.Heart;
import dev.backfill.retry.Retry;
import dev.backfill.time.Time;

/** Makes ready to try a phase's dead letters again. */
public final class Retrials {
    private Retrials() {}

    /** Sinks take the records each on its own. {@link FatalFailure} if a target takes no single records afterwards. */
    public static Retrial of(OpenPhase phase, CheckpointStore store, Heart heart, Retry retry, Time time) {
        phase.sinks().stream()
                .filter(sink -> sink.sink() instanceof Appending)
                .findFirst()
                .ifPresent(sink -> {
                    throw new FatalFailure(
                            "phase '" + phase.plan().name() + "' writes " + sink.title()
                                    + ", to which nothing can be added afterwards; mend the cause and begin anew with --restart");
                });
        SinkChain chain = SinkChain.apart(phase.sinks(), heart, retry);
        return new Retrial(phase.source(), phase.steps(), chain, store, retry, time);
    }
}
