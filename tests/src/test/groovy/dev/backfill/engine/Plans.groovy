package dev.backfill.engine

import dev.backfill.checkpoint.Owner
import dev.backfill.plan.Action
import dev.backfill.plan.Backfill
import dev.backfill.plan.CheckpointLayout
import dev.backfill.plan.DeadLetterLimit
import dev.backfill.plan.NewRows
import dev.backfill.plan.Phase
import dev.backfill.plan.RecordStep
import dev.backfill.plan.RequirementDefinition
import dev.backfill.plan.RunScope
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SinkStep
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.StoreDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.plan.Validation
import dev.backfill.retry.RetryPolicy
import dev.backfill.run.RunContext
import dev.backfill.run.RunListener
import dev.backfill.time.StopSignal
import dev.backfill.time.Time

import java.time.Duration
import java.time.Instant

/** Short ways to a plan and to what a run depends on. */
class Plans {
    static final Instant START = Instant.parse('2026-11-23T12:00:00Z')
    static final CheckpointLayout LAYOUT = new CheckpointLayout(
            Optional.of('products'), Optional.of('phase'), Optional.of('batch_no'), Optional.of('total'), ['written'], Optional.empty())

    static Backfill plan(Map<String, ?> with = [:], List<Phase> phases) {
        new Backfill('products', 'copies products', Optional.ofNullable(with.store as StoreDefinition), LAYOUT, (with.batch ?: 10) as int,
                (with.throttle ?: []) as List<ThrottleRule>, (with.requirements ?: []) as List<RequirementDefinition>,
                Optional.ofNullable(with.beforeRun as Action), phases, (with.validation ?: Validation.standard()) as Validation, [], new RunScope(),
                (with.deadLetters ?: DeadLetterLimit.standard()) as DeadLetterLimit)
    }

    static Phase phase(Map<String, ?> with = [:], SourceDefinition source, List<RecordStep> steps, SinkDefinition... sinks) {
        new Phase((with.name ?: 'copy') as String, (with.fingerprint ?: '') as String, with.wanted != false, source, Optional.of('last_id'), OptionalInt.empty(), [], steps,
                with.repeatUntilStable as boolean, Optional.ofNullable(with.newRows as NewRows), sinks.collect { new SinkStep(it, Optional.empty(), Optional.of('written'), Optional.of('missing')) })
    }

    static List<Map<String, Object>> products(int count) {
        (1..count).collect { [id: "p$it" as String, price: it] as Map<String, Object> }
    }

    static Owner owner(int pid, String machine = 'here') {
        new Owner("host-$machine", machine, pid, START, 'ops', START)
    }

    static RunContext conditions(Map<String, ?> with = [:], Time time) {
        new RunContext(time, (with.stop ?: new StopSignal()) as StopSignal, new Random(7), (with.owner ?: owner(1)) as Owner,
                new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(4)), (with.listener ?: new Listening()) as RunListener)
    }
}
