package dev.backfill.legacy;

import dev.backfill.checkpoint.AdoptingStore;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Split;
import dev.backfill.engine.Runner;
import dev.backfill.engine.opening.Opening;
import dev.backfill.plan.Backfill;
import dev.backfill.position.DocumentedFields;
import dev.backfill.retry.Retry;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over an earlier program's checkpoint. What that program says it has done is walked again first, as a part with a
 * position of its own; only when that is through, the document becomes ours. So a start that is broken off in between finds the
 * document as it was, and continues with the part.
 */
public record Adoption(Backfill plan, RunOptions options, RunContext context, Processes processes) {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    /** True if another program's checkpoint is where ours should be. */
    public static boolean needed(CheckpointStore store) {
        return store.traits().adopting().flatMap(AdoptingStore::foreign).isPresent();
    }

    /**
     * Does it, if it is needed.
     *
     * @param part gives the store for the position of a part
     * @return how many records of the part became dead letters
     */
    public long adopt(OpenResources resources, CheckpointStore store, Function<Extent, CheckpointStore> part) {
        Optional<AdoptingStore> adopting = store.traits().adopting();
        Optional<Map<String, Object>> seen = adopting.flatMap(AdoptingStore::foreign);
        return seen.isEmpty() ? 0 : adopt(resources, adopting.get(), Legacy.read(plan, seen.get()), part);
    }

    private long adopt(
            OpenResources resources, AdoptingStore store, Legacy legacy, Function<Extent, CheckpointStore> part) {
        LOG.info("{}", legacy.told());
        if (legacy.after().isEmpty()) {
            store.adopt(legacy.document(), Optional.empty());
            return 0;
        }
        Extent extent = extent(legacy);
        RunResult again = new Runner(plan, options.with(extent), context, processes).run(resources, part.apply(extent));
        RunState state = new Takeover(legacy, context).state(split(resources, legacy), walked(again, legacy));
        store.adopt(legacy.document(), Optional.of(new Checkpoint(state, DocumentedFields.of(plan, state))));
        return again.deadLetters();
    }

    private Extent extent(Legacy legacy) {
        return new Extent(
                Optional.of(plan.phases().get(legacy.phase()).name()),
                legacy.part(),
                Optional.empty(),
                options.extent().limit(),
                options.extent().until());
    }

    private static PhaseState walked(RunResult again, Legacy legacy) {
        return again.state().phases().get(legacy.phase());
    }

    private Split split(OpenResources resources, Legacy legacy) {
        Retry retry = context.retry();
        return new Opening(resources, options, retry, change -> {})
                .phase(plan.phases().get(legacy.phase()))
                .source()
                .splits(1)
                .get(0);
    }
}
