package dev.backfill.engine.opening;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Enveloped;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FileEnvelope;
import dev.backfill.connector.Source;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.RecordSteps;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Retrial;
import dev.backfill.ownership.LeaseGuard;
import dev.backfill.plan.EnvelopeCheck;
import dev.backfill.plan.Phase;
import dev.backfill.plan.SinkStep;
import dev.backfill.run.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * A phase with everything that it reads and writes opened.
 *
 * @param left the same source, of which only what is not done yet is seen; nothing if the phase does not look for that
 */
public record OpenPhase(Phase plan, Source source, Optional<Source> left, RecordSteps steps, List<OpenSink> sinks) {
    public String title() {
        return plan.source().title();
    }

    /** The same phase without a look for what is left: a look that writes nothing would leave all of it left for ever. */
    public OpenPhase once() {
        return new OpenPhase(plan, source, Optional.empty(), steps, sinks);
    }

    /** The same phase, reading from another source. */
    public OpenPhase reading(Source other) {
        return new OpenPhase(plan, other, Optional.empty(), steps, sinks);
    }

    /** {@link FatalFailure} with all reasons if a sink does not take the records of a file that says of itself what this one says. */
    public void checkEnvelope() {
        for (SinkStep step : plan.sinks()) {
            if (step.sink() instanceof EnvelopeCheck check && source instanceof Enveloped file) {
                FileEnvelope envelope = file.envelope();
                List<String> objections = check.objections(envelope);
                if (!objections.isEmpty()) {
                    throw new FatalFailure(
                            envelope.file() + " cannot be used to replace rows: " + String.join("; ", objections));
                }
            }
        }
    }

    /**
     * Makes ready to try its dead letters again; sinks take the records each on its own. {@link FatalFailure} if a target
     * takes no single records afterwards.
     */
    public Retrial retrial(CheckpointStore store, LeaseGuard guard, RunContext context) {
        sinks.stream()
                .filter(sink -> sink.traits().appendOnly().isPresent())
                .findFirst()
                .ifPresent(sink -> {
                    throw new FatalFailure("phase '" + plan.name() + "' writes " + sink.title()
                            + ", to which nothing can be added afterwards; fix the cause and begin again with"
                            + " --restart");
                });
        SinkChain chain = SinkChain.apart(sinks, guard, context.retry());
        return new Retrial(source, steps, chain, store, context.retry(), context.time());
    }
}
