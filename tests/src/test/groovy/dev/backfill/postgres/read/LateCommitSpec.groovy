package dev.backfill.postgres.read

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.read.ListAppender
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.engine.Listening
import dev.backfill.engine.Runner
import dev.backfill.fake.FakeTime
import dev.backfill.plan.NewRows
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import groovy.sql.Sql
import org.slf4j.LoggerFactory
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.time.Duration

import static dev.backfill.engine.Plans.START
import static dev.backfill.engine.Plans.conditions
import static dev.backfill.engine.Plans.phase
import static dev.backfill.engine.Plans.plan

/** Rows that were inserted before the last look for new rows, and are committed after it. */
class LateCommitSpec extends Specification {
    @Shared
    def settings = PostgresServer.database()
    @Shared @AutoCleanup
    def sql = PostgresServer.sql(settings)
    @Shared @AutoCleanup
    def database = PostgresDatabase.open(settings, 3)
    @AutoCleanup
    def late = PostgresServer.sql(settings)

    def time = new FakeTime(START)
    def store = new MemoryStore(time)
    def log = new ListAppender<ILoggingEvent>()
    /** What is done at each wait of the run, which it takes to be for the transactions. */
    List<Closure> atWait = []
    List<String> waits = []

    def setup() {
        sql.execute 'drop table if exists items, elsewhere'
        sql.execute 'create table items (id int primary key, done boolean not null default false) partition by range (id)'
        sql.execute 'create table items_low partition of items for values from (0) to (100)'
        sql.execute 'create table items_high partition of items for values from (100) to (1000)'
        sql.execute 'create table elsewhere (id int primary key)'
        sql.execute 'insert into items select n * 10 from generate_series(1, 20) n'
        late.connection.autoCommit = false
        log.start()
        logger().level = Level.INFO
        logger().addAppender(log)
    }

    def cleanup() {
        logger().level = null
        logger().detachAppender(log)
        late.rollback()
    }

    private static Logger logger() {
        LoggerFactory.getLogger('dev.backfill.engine') as Logger
    }

    private List<String> logged() {
        log.list*.formattedMessage
    }

    private RunResult run() {
        def source = [open: { Resources r -> KeysetSource.open(database, TableName.of('items'), ['id'], ['id'], []) },
                      title: { -> 'items' }] as SourceDefinition
        def writing = { List<Row> rows ->
            rows.each { row -> sql.execute 'update items set done = true where id = ?', [row.id] }
            WriteResult.of(rows, WriteStatus.WRITTEN)
        } as Sink
        def sink = [open: { Resources r -> writing }, title: { -> 'items' }] as SinkDefinition
        def listener = new Listening() {
            @Override
            void holding(String throttle, Duration wait) {
                waits << throttle
                if (atWait) {
                    atWait.remove(0).call()
                }
            }
        }
        def resources = new OpenResources(3, false)
        try {
            new Runner(plan([phase(source, [], sink, newRows: new NewRows.CatchUp('not done'))]), RunOptions.standard().with(Concurrency.none()),
                    conditions(time, listener: listener), { false } as Processes).run(resources, store)
        } finally {
            resources.close()
        }
    }

    private List<Integer> left() {
        sql.rows('select id from items where not done order by id')*.id
    }

    private static int pid(Sql connection) {
        connection.firstRow('select pg_backend_pid() as pid').pid as int
    }

    def "a transaction that wrote before the last look is waited for, and what it commits is processed: #what"() {
        given:
        late.execute statement
        def pid = pid(late)
        atWait << { late.commit() }

        when:
        def state = run().state().phases()[0]

        then:
        left() == []
        state.read() == 20 + found
        state.adds()
        waits.size() == 1

        and:
        logged().any { it.contains("pid $pid") && it =~ /last statement \d+ s old/ }

        where:
        what                             | statement                                                          || found
        'into the table'                 | 'insert into items values (5), (55), (999)'                        || 3
        'into a partition'               | 'insert into items_low values (6)'                                 || 1
        'by copying'                     | "insert into items select * from (values (7), (8)) as v (id)"      || 2
    }

    def "one that rolls back is waited for, and nothing is found"() {
        given:
        late.execute 'insert into items values (5)'
        atWait << { late.rollback() }

        when:
        def state = run().state().phases()[0]

        then:
        waits.size() == 1
        state.read() == 20
        state.splits()*.rows() == [20, 0]
    }

    def "nobody is waited for who writes elsewhere, or only reads or locks: #statement"() {
        given:
        late.execute statement

        when:
        run()

        then:
        waits == []
        left() == []

        where:
        statement << ['insert into elsewhere values (1)', 'select * from items', 'select * from items_high for key share']
    }

    def "one that begins to write during the wait is not waited for"() {
        given:
        def later = PostgresServer.sql(settings)
        later.connection.autoCommit = false
        late.execute 'insert into items values (5)'
        atWait << { later.execute 'insert into items values (6)'; late.commit() }

        when:
        run()

        then:
        waits.size() == 1
        left() == []

        cleanup:
        later.close()
    }

    def "a later start of a run that is done looks once more, and says what it found"() {
        given:
        late.execute 'insert into items values (5), (6)'
        atWait << { late.rollback() }
        def first = run()

        expect:
        first.worked()
        first.lookedAgain() == OptionalLong.empty()

        when: 'somebody still writes'
        late.execute 'insert into items values (5), (6)'
        atWait << { late.commit() }
        def second = run()

        then:
        left() == []
        second.worked()
        second.lookedAgain() == OptionalLong.of(2)
        second.state().status() == RunStatus.DONE
        second.state().phases()[0].read() == 22
        second.state().phases()[0].adds()

        when:
        def third = run()

        then: 'a look that found nothing leaves no trace'
        !third.worked()
        third.lookedAgain() == OptionalLong.of(0)
        third.state().status() == RunStatus.DONE
        third.state().phases()[0].splits()*.rows() == [20, 2, 0]
        run().state().phases()[0].splits()*.rows() == [20, 2, 0]
    }
}
