package dev.backfill.fault

import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Failure
import dev.backfill.connector.Resources
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.matrix.world.PostgresTable
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.retry.RetryPolicy
import dev.backfill.run.Concurrency
import dev.backfill.run.RunContext
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import dev.backfill.run.ThisMachine
import dev.backfill.time.StopSignal
import dev.backfill.time.SystemTime
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** A bad line to a database that is restarted, while a run reads and writes there. */
@Timeout(600)
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
@Requires(value = { Toxiproxy.program() }, reason = Toxiproxy.HOW)
@Requires(value = { DurablePostgres.here }, reason = DurablePostgres.HOW)
class RestartedDatabaseSpec extends Specification {
    static final int ROWS = 40_000
    static final int RESETS = 50
    /** Somewhat more than that many resets take, also on a busy machine. */
    static final int SECONDS = 115
    static final int RESTARTS = 3

    @AutoCleanup DurablePostgres server = new DurablePostgres()
    @AutoCleanup Toxiproxy proxy = Toxiproxy.start()
    @AutoCleanup('shutdownNow') threads = Executors.newCachedThreadPool()
    def again = 0

    private <T> T asApplication(Closure<T> work) {
        def to = server.settings()
        Sql.newInstance("jdbc:postgresql://127.0.0.1:$to.port/postgres", 'postgres', '', 'org.postgresql.Driver').withCloseable(work)
    }

    private run(int port) {
        new OpenResources(10, false).withCloseable { resources ->
            def database = PostgresDatabase.shared(server.settings(port), resources)
            def source = [
                open: { Resources each -> KeysetSource.open(database, TableName.of('items'), ['id'], ['id'], []) }, title: { -> 'items' },
            ] as SourceDefinition
            def sink = [open: { Resources each -> new PostgresTable(database, null, 1) }, title: { -> 'points' }] as SinkDefinition
            def listener = new Listening() {
                @Override
                void retrying(String doing, Failure failure, int attempt, Duration wait) { again++ }
            }
            def time = new SystemTime()
            def conditions = new RunContext(time, new StopSignal(), new Random(), new ThisMachine().owner(time.now()), RetryPolicy.STANDARD, listener)
            def rate = new ThrottleRule.Rate(ROWS / SECONDS, Duration.ofSeconds(1))
            new Runner(Plans.plan([batch: 50, throttle: [rate]], [Plans.phase(source, [], sink)]),
                RunOptions.standard().with(new Concurrency(2, 3)), conditions, new ThisMachine()).run(resources, new PostgresStore(database, 'restarted'))
        }
    }

    private static boolean ended(future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS)
            true
        } catch (TimeoutException ignored) {
            false
        }
    }

    def "a reset every two seconds and three restarts, and every row is there once"() {
        given:
        asApplication {
            assert it.firstRow('show fsync').fsync == 'on'
            it.execute 'create table items (id int primary key)'
            it.execute "insert into items select generate_series(1, $ROWS)".toString()
            it.execute 'create table points (point int, id text)'
        }
        def port = proxy.way('database', server.port)

        when:
        def running = threads.submit({ run(port) } as Callable)
        def resets = 0
        def restarts = 0
        while (!ended(running, 1_900)) {
            proxy.add('database', 'reset_peer', [timeout: 0])
            ended(running, 100)
            proxy.mend('database', 'reset_peer')
            resets++
            if (resets % 15 == 0 && restarts < RESTARTS) {
                server.restart(restarts++ % 2 ? 'fast' : 'immediate')
            }
        }
        def result = running.get()
        println "RestartedDatabaseSpec: $resets resets, $restarts restarts, $again steps tried again"

        then:
        resets >= RESETS
        restarts == RESTARTS
        again * 2 >= resets
        result.state().status() == RunStatus.DONE
        result.deadLetters() == 0
        result.state().phases()[0].read() == ROWS
        result.state().phases()[0].sinks()[0].written() == ROWS
        asApplication { it.firstRow('select count(*) as rows, count(distinct id) as keys from points').values().toList() } == [ROWS, ROWS]
        asApplication { it.firstRow('select count(*) as lost from items where not exists (select 1 from points where points.id = items.id::text)').lost } == 0
    }
}
