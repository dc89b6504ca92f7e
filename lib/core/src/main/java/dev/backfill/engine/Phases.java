package dev.backfill.engine;

import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.engine.opening.Connections;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.Preparation;
import dev.backfill.engine.opening.ToBeMade;
import dev.backfill.engine.pacing.Allowance;
import dev.backfill.engine.pacing.Entrance;
import dev.backfill.engine.pacing.Halt;
import dev.backfill.engine.pacing.Pace;
import dev.backfill.engine.pacing.Supervision;
import dev.backfill.engine.phase.Growing;
import dev.backfill.engine.phase.PhaseContext;
import dev.backfill.engine.phase.PhaseWork;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Ceiling;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.run.Concurrency;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.throttle.BatchSize;
import dev.backfill.throttle.Limits;
import java.util.ArrayList;
import java.util.List;

/** Works through the phases of a run that are not done yet, one after the other. */
final class Phases {
    private final Backfill plan;
    private final RunOptions options;
    private final OpenResources resources;
    private final Supervision around;
    private final Ceiling ceiling;
    private final RunContext context;
    private final CheckpointWriter keeper;
    private final Allowance allowance;

    Phases(Backfill plan, RunOptions options, OpenResources resources, Supervision around, Ceiling ceiling) {
        this.plan = plan;
        this.options = options;
        this.resources = resources;
        this.around = around;
        this.ceiling = ceiling;
        this.context = around.context();
        this.keeper = around.keeper();
        this.allowance = new Allowance(options.extent(), context.time());
    }

    /**
     * @param opened those to be worked on, and what they make
     */
    void run(Preparation.Opened opened) {
        opened.phases().forEach((index, phase) -> {
            if (keeper.phase(index).status() == WorkStatus.DONE) {
                new Growing(index, phase, context.retry(), keeper).cleanUp();
            } else {
                work(index, phase, opened.toBeMade());
            }
        });
    }

    private void work(int index, OpenPhase open, ToBeMade toBeMade) {
        PhaseContext phase = phase(index, open);
        try {
            new PhaseWork(phase).run();
        } catch (RuntimeException e) {
            context.listener()
                    .skipped(
                            open.plan().name(),
                            toBeMade.why(index, e)
                                    .filter(why -> options.dryRun())
                                    .orElseThrow(() -> WorkFailure.of(e, keeper.phase(index))));
        }
    }

    private PhaseContext phase(int index, OpenPhase open) {
        boolean repeatUntilStable = open.plan().repeatUntilStable() && !options.dryRun();
        SinkChain chain = SinkChain.of(
                open.sinks(),
                database -> !repeatUntilStable && keeper.sharesTransactions(database),
                keeper.guard(),
                context.retry());
        Pace pace = pace(open);
        around.follows(pace);
        Entrance entrance = new Entrance(pace, around, allowance, new Halt(context.stop()));
        OpenPhase worked = options.dryRun() ? open.once() : open;
        return new PhaseContext(
                index, worked, context, keeper, chain, entrance, repeatUntilStable, concurrency(), ceiling);
    }

    private Concurrency concurrency() {
        Concurrency stated = options.concurrency();
        int splits = around.control().tuning().parallel().orElse(stated.splits());
        Connections.Bound bound =
                new Connections(resources.pools(), context.retry()).bound(new Concurrency(splits, stated.inFlight()));
        bound.why().ifPresent(context.listener()::bounded);
        return bound.concurrency();
    }

    private Pace pace(OpenPhase open) {
        List<ThrottleRule> rules = new ArrayList<>(plan.throttle());
        rules.addAll(open.plan().throttle());
        int first = options.batch().orElse(open.plan().batch().orElse(plan.batch()));
        BatchSize size = BatchSize.of(first, options.batch().isPresent() ? List.of() : rules);
        Limits limits = Limits.open(rules, context.time(), resources);
        return new Pace(rules, limits, size, around.control(), context.time());
    }
}
