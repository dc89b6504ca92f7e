package dev.backfill.retry

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.StoreTraits
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.cli.session.Session
import dev.backfill.cli.session.Streams
import dev.backfill.connector.Database
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.control.PartList
import dev.backfill.control.RunHistory
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.inspection.Inspector
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.MemoryDatabase
import dev.backfill.matrix.world.MemoryDatabaseStore
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.ownership.LeaseGuard
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.StoreDefinition
import dev.backfill.position.CheckpointWriter
import dev.backfill.position.Saving
import dev.backfill.run.Concurrency
import dev.backfill.run.Extent
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import dev.backfill.time.StopSignal
import dev.backfill.time.Waiter
import spock.lang.Specification

import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Proxy
import java.time.Duration

/** A store or a server that is away for a moment, at whichever instant, ends no run; one that stays away ends it in plain words. */
class RetryingStoreSpec extends Specification {
    def clock = new CommonClock()
    /** In which a heart goes on beating during a wait. */
    def time = new RunnerTime(clock)
    def store = new MemoryStore(clock)
    def sink = new RecordingSink('id')
    def listening = new Listening()
    /** Calls by name, in their order. */
    List<String> calls = []

    /** The store, but a call of it may be answered otherwise. */
    private <T> T losing(Class<T> type, Object target, Closure<Boolean> lost) {
        Proxy.newProxyInstance(type.classLoader, [type] as Class[]) { proxy, method, arguments ->
            if (method.name == 'traits') {
                return StoreTraits.of(proxy as CheckpointStore)
            }
            calls << method.name
            if (lost(method.name, calls.count(method.name))) {
                throw new TransientFailure("$method.name: connection lost")
            }
            try {
                return method.invoke(target, arguments)
            } catch (InvocationTargetException e) {
                throw e.cause
            }
        } as T
    }

    private RunResult run(CheckpointStore to, SinkDefinition target = sink) {
        def refusing = { r -> if (r.id == 'p3') { throw new IllegalArgumentException('not a price') }; r } as RecordFunction
        def resources = new OpenResources(1, false)
        try {
            new Runner(Plans.plan([Plans.phase(new ListSource('id', Plans.products(35), true), [new RecordStep.Transform(refusing)], target)]),
                    RunOptions.standard().with(Concurrency.none()), Plans.conditions(time, owner: Plans.owner(2), listener: listening), { false } as Processes)
                    .run(resources, to)
        } finally {
            resources.close()
        }
    }

    def "a store that loses the #nth call of each kind ends no run"() {
        when:
        def result = run(losing(CheckpointStore, store) { name, number -> name != 'close' && number == nth })

        then:
        result.state().status() == RunStatus.DONE
        result.deadLetters() == 1
        sink.held().size() == 34
        store.deadLetters(10)*.key() == ['p3']

        where:
        nth << [1, 2, 3]
    }

    def "who waits for a silent owner's lease survives a store that is away meanwhile"() {
        given:
        store.acquire(Plans.owner(1, 'there'), AcquireCondition.ifFree())

        when:
        def result = run(losing(CheckpointStore, store) { name, number -> name == 'read' && number % 3 != 0 })

        then:
        result.state().status() == RunStatus.DONE
        listening.heard.contains('waiting for pid 1')
        listening.heard.count { it == 'again: reading the checkpoint' } > 3
    }

    def "a run that is done stays done when its dead letters cannot be counted any more"() {
        when:
        def result = run(losing(CheckpointStore, store) { name, number -> name == 'countDeadLetters' })

        then:
        result.state().status() == RunStatus.DONE
        result.deadLetters() == 1
        store.read().checkpoint().get().run().status() == RunStatus.DONE
        store.read().holder().empty
    }

    def "a store is not tried again twice over"() {
        given:
        def retry = new Retry(RetryPolicy.STANDARD, new Waiter(time, new StopSignal()), new Random(7), listening)
        def lost = losing(CheckpointStore, store) { name, number -> true }

        when:
        RetryingStore.around(RetryingStore.around(lost, retry), retry).read()

        then:
        thrown TransientFailure
        calls == ['read'] * RetryPolicy.STANDARD.attempts()
    }

    def "the history has its lines though the #nth call for each note of the store is lost"() {
        when:
        run(losing(CheckpointStore, store) { name, number -> name in ['write', 'note'] && number == nth })

        then:
        new RunHistory(store).read()*.outcome() == ['done']

        where:
        nth << (1..6)
    }

    def "a run that fails or is stopped has its line too, though the #nth call for it is lost"() {
        given:
        def over = 0
        def failing = [open: { Resources unused -> { records -> over = calls.size(); throw new FatalFailure('the disk is full') } as Sink }, title: { -> 'products' }] as SinkDefinition

        when:
        run(losing(CheckpointStore, store) { name, number ->
            over && name in ['write', 'note', 'countDeadLetters'] && calls.drop(over).count { it in ['write', 'note', 'countDeadLetters'] } == nth
        }, failing)

        then:
        thrown FatalFailure
        new RunHistory(store).read()*.outcome() == ['failed: the disk is full']

        where:
        nth << (1..5)
    }

    def "a store that stays away keeps a failed run from its end for some seconds only"() {
        given:
        def away = false
        def failing = [open: { Resources unused -> { records -> away = true; throw new FatalFailure('the disk is full') } as Sink }, title: { -> 'products' }] as SinkDefinition
        def began = clock.now()

        when:
        run(losing(CheckpointStore, store) { name, number -> away }, failing)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('the disk is full')
        Duration.between(began, clock.now()) < Duration.ofSeconds(10)
    }

    def "opening the store is tried again, for the whole and for a part"() {
        given:
        def opened = 0
        def definition = [open: { Resources unused, String document ->
            if (opened++ % 2 == 0) {
                throw new TransientFailure('the server is starting up')
            }
            store
        }, title: { -> 'a store' }] as StoreDefinition
        def session = sessionWithPart(definition)
        def resources = new OpenResources(1, true)

        expect:
        session.store(resources).read().epoch() == 0
        session.allParts(resources, store).size() == 1
        opened == 4

        cleanup:
        resources.close()
    }

    def "plan is not spoilt by a store or a server that is away for a moment: #away"() {
        given:
        def times = 0
        def trouble = { String what -> if (what == away && times++ < 2) { throw new TransientFailure('connection lost') } }
        def source = new ListSource('id', Plans.products(35), true)
        def plan = Plans.plan([Plans.phase([open: { Resources unused -> trouble('the source'); source }, title: { -> 'a list' }] as SourceDefinition, [],
            [open: { Resources unused -> trouble('the sink'); sink }, title: { -> 'products' }] as SinkDefinition)])
        def resources = new OpenResources(1, true)

        when:
        def outlook = new Inspector(plan, RunOptions.standard(), Plans.conditions(time, listener: listening), 2, false)
            .inspect(resources, 'a store') { trouble('opening the store'); losing(CheckpointStore, store) { name, number -> away == 'the store' && number < 3 } }

        then:
        outlook.clear()
        listening.heard.count { it.startsWith('again: looking at ') } == 2

        cleanup:
        resources.close()

        where:
        away << ['opening the store', 'the store', 'the source', 'the sink']
    }

    def "each store that a command opens is retried, also that of a part"() {
        given:
        def definition = [open: { Resources unused, String document -> store }, title: { -> 'a store' }] as StoreDefinition
        def session = sessionWithPart(definition)
        def resources = new OpenResources(1, true)

        expect:
        session.store(resources) instanceof RetryingStore
        session.store(resources, Extent.all()) instanceof RetryingStore
        session.allParts(resources, store)*.letters()*.store().every { it instanceof RetryingStore }
        session.allParts(resources, store).size() == 1

        cleanup:
        resources.close()
    }

    def "a commit whose answer is lost, and that cannot be read back, is told as just that and not as another runner"() {
        given: 'a database that commits once without an answer, and a store that is silent from then on'
        def database = new MemoryDatabase()
        def memory = new MemoryDatabaseStore(store, database)
        def silent = false
        def losesAnswers = { ->
            def transaction = database.begin()
            losing(Transaction, transaction) { name, number ->
                if (name == 'commit') {
                    transaction.commit()
                    silent = true
                    throw new UnknownOutcome('committing: the answer was lost')
                }
                false
            }
        }
        def shared = [begin: losesAnswers] as Database
        def quiet = new QuietStore(memory, shared, { silent })
        def lease = memory.acquire(Plans.owner(1), AcquireCondition.ifFree())
        def conditions = Plans.conditions(time)
        def retry = new Retry(conditions.retries(), conditions.waiter(), conditions.random(), listening)
        def keeper = new CheckpointWriter(Plans.plan([Plans.phase(new ListSource('id', [], true), [], sink)]), quiet, lease, new LeaseGuard(memory, lease, conditions.waiter()), retry,
                new RunState('run', 'products', Plans.START, RunStatus.RUNNING, [PhaseState.pending('copy', 1)]))

        when:
        keeper.saveWith('writing to products') { unused -> { before, epoch -> new Saving.Done(before, []) } as Saving }

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('committing: the answer was lost')
        failure.message.contains('the store could not be asked whether that took effect')
        failure.message.endsWith('start again: the run resumes after whatever was saved')
    }

    private SinkDefinition throttling(Closure<Duration> wait) {
        def asked = 0
        def write = { List<Row> rows ->
            def told = wait(++asked)
            if (told != null) {
                throw new ThrottledFailure('429: it asks for fewer requests', Optional.of(told))
            }
            sink.write(rows)
        }
        [open: { Resources unused -> write as Sink }, title: { -> 'an API' }] as SinkDefinition
    }

    def "a server that asks again and again for a short wait uses up no attempts"() {
        when:
        def result = run(store, throttling { asked -> asked <= 40 ? Duration.ofSeconds(1) : null })

        then:
        result.state().status() == RunStatus.DONE
        sink.held().size() == 34
        listening.heard.count { it == 'again: writing to an API' } == 40
    }

    def "a server that asks for #wait, or lets nothing through for long, ends the run as paused and says until when"() {
        given:
        def began = clock.now()

        when:
        run(store, throttling { asked -> asked == 1 ? null : wait })

        then:
        def paused = thrown(PausedException)
        paused.message.startsWith('writing to an API: 429: it asks for fewer requests; it asks to be called again at ' + (began + until))
        paused.message.endsWith('; start the same command again then')
        Duration.between(began, clock.now()) <= Duration.ofMinutes(15)
        with(store.read()) {
            checkpoint().get().run().status() == RunStatus.STOPPED
            checkpoint().get().run().phases()[0].read() == 10
            holder().empty
        }

        where:
        wait                               | until
        Duration.ofSeconds(31536000)       | Duration.ofDays(365)
        Duration.ofSeconds(2147483647)     | Duration.ofSeconds(2147483647)
        Duration.ofSeconds(901)            | Duration.ofSeconds(901)
        Duration.ofSeconds(300)            | Duration.ofMinutes(20)
        Duration.ofSeconds(1)              | Duration.ofSeconds(901)
        Duration.ofSeconds(Long.MAX_VALUE) | Duration.ofDays(36_500)
    }

    /** A store in a database that answers no question while it is silent. */
    static class QuietStore implements TransactionalStore {
        @Delegate(interfaces = false, excludes = 'traits')
        private final MemoryDatabaseStore target
        private final Database database
        private final Closure<Boolean> silent

        QuietStore(MemoryDatabaseStore target, Database database, Closure<Boolean> silent) {
            this.target = target
            this.database = database
            this.silent = silent
        }

        Database database() { database }

        Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction) { lease.saved() }

        CheckpointSnapshot read() {
            if (silent()) {
                throw new TransientFailure('no answer')
            }
            target.read()
        }
    }

    /** Over a plan with that store, in which a part was run. */
    private Session sessionWithPart(StoreDefinition definition) {
        def plan = Plans.plan([Plans.phase(new ListSource('id', [], true), [], sink)], store: definition)
        def out = new PrintWriter(new StringWriter())
        new PartList(store).add(new PartList.Part('a', '--keys a.txt', 'keys of a.txt'))
        new Session(plan, [], Optional.empty(), new Streams(out, out))
    }
}
