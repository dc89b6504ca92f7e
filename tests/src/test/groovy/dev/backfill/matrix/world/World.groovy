package dev.backfill.matrix.world

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.LeaseHolder
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.Owner
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.connector.Database
import dev.backfill.connector.Failure
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Source
import dev.backfill.connector.TransactionalSink
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.matrix.Disturbance
import dev.backfill.matrix.Operation
import dev.backfill.matrix.SinkKind
import dev.backfill.ownership.Revocation
import dev.backfill.plan.Backfill
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.retry.RetryPolicy
import dev.backfill.run.Concurrency
import dev.backfill.run.RunContext
import dev.backfill.run.Extent
import dev.backfill.run.HaltedException
import dev.backfill.run.OpenResources
import dev.backfill.run.OwnedException
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.time.StoppedException
import groovy.transform.CompileStatic

import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import java.util.function.Supplier

/** Records, targets and a checkpoint that outlive the processes that work on them. */
@CompileStatic
class World {
    static final int RECORDS = 23
    static final int BATCH = 4
    static final Set<String> FAULTY = ['p3', 'p14'] as Set
    private static final RetryPolicy RETRIES = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(4))

    private static final Processes NOBODY = { Owner each -> false } as Processes

    final CommonClock clock
    final SinkKind kind
    final Backing backing
    final CheckpointStore store
    final Referee referee
    final List<Target> targets
    /** What a former run has left; null if there was none. */
    Former former
    /** True once a process has opened everything that it reads and writes. */
    volatile boolean opened
    private final Mutant mutant
    private final ListSource source = new ListSource('id', Plans.products(RECORDS), true)

    World(CommonClock clock, SinkKind kind, Backing backing, Mutant mutant = Mutant.NONE) {
        this.clock = clock
        this.kind = kind
        this.backing = backing
        this.mutant = mutant
        this.store = mutant.store(backing.store())
        this.referee = new Referee(backing.store())
        this.targets = targets()
    }

    private List<Target> targets() {
        switch (kind) {
            case [SinkKind.TRANSACTIONAL, SinkKind.MATCHING]: return [backing.table()]
            case SinkKind.APPENDING: return [new GrowingTarget() as Target]
            case SinkKind.CHAIN: return [new KeyedTarget(false, true) as Target, new KeyedTarget(false, false) as Target]
            default: return [new KeyedTarget(kind == SinkKind.ORDERED, false) as Target]
        }
    }

    /** True if each record's effect is promised exactly once. */
    boolean isExact() {
        kind == SinkKind.APPENDING || (kind == SinkKind.TRANSACTIONAL && backing.shared)
    }

    /** Lets a run have been here before that got nowhere, but for some dead letters. */
    void leaveFormer() {
        former = Former.leave(backing.store(), kind == SinkKind.CHAIN ? 2 : 1)
    }

    /** Runs a process to its end, whatever that is; the failure that nobody may ever see is thrown. */
    String run(Disturbance disturbance, Owner by, Concurrency concurrency, Extent extent = Extent.all(), boolean restart = false) {
        OpenResources resources = new OpenResources(concurrency.connections(), false)
        try {
            RunContext conditions = new RunContext(disturbance.time, disturbance.stop, new Random(7), by, RETRIES, new Listening())
            Database database = new DisturbedDatabase(databaseOfTable(), disturbance, referee, mutant)
            new Runner(plan(disturbance, database), options(concurrency, extent, restart), conditions, NOBODY)
                .run(resources, DisturbedStore.of(store, disturbance, referee, database))
            return 'done'
        } catch (FatalFailure e) {
            throw e
        } catch (Disturbance.Crash | StoppedException | PausedException | LeaseLostException | OwnedException | HaltedException | Failure e) {
            return e.class.simpleName
        } finally {
            if (!disturbance.dead) {
                resources.close()
            }
        }
    }

    private static RunOptions options(Concurrency concurrency, Extent extent, boolean restart) {
        new RunOptions(OptionalInt.empty(), true, false, restart, false, extent, concurrency, false)
    }

    private Database databaseOfTable() {
        Sink sink = kind in [SinkKind.TRANSACTIONAL, SinkKind.MATCHING] ? targets[0].open() : null
        sink instanceof TransactionalSink ? ((TransactionalSink) sink).database() : new MemoryDatabase()
    }

    private Backfill plan(Disturbance disturbance, Database database) {
        Source records = mutant.source(new DisturbedSource(source, disturbance))
        SourceDefinition from = new FixedSource({ disturbance.step(Operation.OPEN) { opened = true; records } })
        List<SinkDefinition> sinks = targets.withIndex().collect { Target target, int i ->
            Sink sink = DisturbedSinks.of(mutant.sink(target.open()), i == 0 ? Operation.WRITE_1 : Operation.WRITE_2, disturbance, mutant.sinkDatabase(database))
            [open: { Resources resources -> sink }, title: { -> "target ${i + 1}".toString() }] as SinkDefinition
        }
        Plans.plan([batch: BATCH], [Plans.phase([:], from, [new RecordStep.Transform(transform(disturbance))], sinks as SinkDefinition[])])
    }

    private static RecordFunction transform(Disturbance disturbance) {
        { Row row -> disturbance.step(Operation.TRANSFORM) { doubled(row) } } as RecordFunction
    }

    private static Map<String, Object> doubled(Row row) {
        if (FAULTY.contains(row.get('id'))) {
            throw new IllegalArgumentException('not a price')
        }
        [id: row.get('id'), price: (row.get('price') as int) * 2] as Map<String, Object>
    }

    /** Another process takes the work over, as a person lets it, and does all of it or a part. */
    void takeOver(OptionalLong limit) {
        apart {
            if (displace()) {
                other(limit)
            }
        }
    }

    private boolean displace() {
        CheckpointSnapshot seen = store.read()
        try {
            seen.holder().ifPresent { LeaseHolder holder -> new Revocation(store, Plans.owner(8, 'there'), NOBODY).of(holder, seen.epoch()) }
        } catch (Failure refused) {
            assert refused // the row of the checkpoint is locked by a transaction that is about to commit
            return false
        }
        true
    }

    /** The lease expires, and a process of another machine comes. */
    void expire(OptionalLong limit) {
        apart {
            clock.pass(Duration.ofSeconds(40))
            backing.expire()
            other(limit)
        }
    }

    /** Another client of the target writes to it in the middle of the next write. */
    void changeDuringWrite() {
        ((ChangedByOthers) targets[0]).changeDuringWrite()
    }

    /** What another process does; the one that stands still meanwhile cannot interrupt it. */
    private static void apart(Runnable work) {
        FutureTask<Void> task = new FutureTask<Void>(work, null)
        new Thread(task, 'another process').start()
        boolean interrupted = false
        while (!task.done) {
            try {
                task.get()
            } catch (InterruptedException e) {
                interrupted = true
            } catch (ExecutionException e) {
                throw e.cause
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt()
        }
    }

    /** Who waits for a lease sees it expire when so much time has passed here, not when it has at the store. */
    private void other(OptionalLong limit) {
        clock.then(CheckpointStore.LEASE) { backing.expire() }
        Extent all = Extent.all()
        run(Disturbance.none(new RunnerTime(clock)), Plans.owner(9, 'there'), Concurrency.none(),
            new Extent(all.phase(), all.scope(), all.keys(), limit, all.until()))
    }
}

@CompileStatic
class FixedSource implements SourceDefinition {
    private final Supplier<Source> source

    FixedSource(Supplier<Source> source) { this.source = source }

    Source open(Resources resources) { source.get() }

    String title() { 'products' }
}
