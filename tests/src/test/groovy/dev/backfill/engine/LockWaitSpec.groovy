package dev.backfill.engine

import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Failure
import dev.backfill.connector.LockWait
import dev.backfill.connector.TransientFailure
import dev.backfill.control.LiveStatusStore
import dev.backfill.dsl.Scripts
import dev.backfill.file.FileStoreDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.retry.RetryPolicy
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.Progress
import dev.backfill.run.RunOptions
import dev.backfill.time.SystemTime
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Unroll

import java.nio.file.Path
import java.time.Duration

/** Another session holds a lock that a statement of a run needs: what waited, for what, and who holds it is named. */
@Timeout(120)
@Requires({ !PostgresServer.isPooled() })
class LockWaitSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)
    @AutoCleanup Sql shop = PostgresServer.sql(database)

    @TempDir
    Path folder

    String checkpoint
    def retried = []
    def blocked = [] as Set<LockWait>
    def pulses = []
    int holder

    def setup() {
        sql.execute 'drop table if exists items, targets, labels'
        sql.execute 'create table items (id bigint primary key)'
        sql.execute 'create table targets (id bigint primary key, label text)'
        sql.execute 'create table labels (id bigint primary key, label text)'
        sql.execute 'insert into items select generate_series(1, 25)'
        sql.execute "insert into labels select n, 'label ' || n from generate_series(1, 25) n"
        sql.execute 'insert into targets select generate_series(1, 25)'
        sql.execute 'drop schema if exists backfill cascade'
        shop.execute "set application_name = 'the shop'"
        holder = shop.firstRow('select pg_backend_pid() as pid').pid as int
        shop.connection.autoCommit = false
    }

    def cleanup() {
        shop.rollback()
    }

    private run(RetryPolicy policy, String when, String locking) {
        def plan = new Scripts(folder).backfill("""
            about 'labels targets'
            def db = postgres()
            checkpoint $checkpoint
            batch 10
            phase('labels') {
                source    db.table('items').key('id').select('id')
                lookup    'known', db.table('labels').by('id').select('label'), on: 'id'
                transform { i -> [id: i.id, label: i.known.label] }
                sink      db.table('targets').key('id').update('label')
            }
            """, [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(),
                  DB_USER: database.user(), DB_PASSWORD: database.password().reveal()]).backfill()
        def resources = new OpenResources(4)
        def store = plan.store().get().open(resources, 'demo')
        def lock = { String now -> if (now == when) { shop.execute locking } }
        def listening = new Listening() {
            void started(RunState state, boolean resumed) { lock('started') }

            void saved(Progress progress) { if (progress.state().phases()[0].batches() == 1) { lock('saved') } }

            void blocked(LockWait wait) { blocked << wait }

            void retrying(String doing, Failure failure, int attempt, Duration wait) {
                retried << [doing, failure]
                pulses << new LiveStatusStore(store).read()
                shop.rollback()
            }
        }
        lock('before')
        try {
            new Runner(plan, RunOptions.standard(), Plans.conditions(new SystemTime(), listener: listening).with(policy), { true } as Processes)
                    .run(resources, store)
        } finally {
            store.close()
            resources.close()
        }
    }

    @Unroll("#doing (#place, #when)")
    def "what waited for a lock, and who holds it"() {
        given:
        checkpoint = place == 'files' ? "file('$folder/checkpoints')" : 'db'

        when: 'the lock is given free when the first attempt has failed'
        def result = run(new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10)), when, locking)

        then: 'the run is not harmed'
        result.state().status() == RunStatus.DONE
        sql.firstRow('select count(label) as n from targets').n == 25

        and: 'who was waited for was told while it lasted'
        blocked*.lock() as Set == [lock] as Set
        blocked*.pid() as Set == [holder as long] as Set
        blocked[0].text() ==~ /a lock on $lock held by pid $holder \(user postgres, application the shop, idle in transaction for \d s\)/
        blocked[0].query().get() == locking

        and: 'the failure says what failed, and of whom: batches that are read ahead may fail as well'
        retried*.first() as Set == [doing] as Set
        retried*.last().every { TransientFailure failure ->
            assert failure.waitedForLock()
            assert failure.message.contains('canceling statement due to lock timeout (SQLSTATE 55P03); it waited for ' + blocked[0].text()[0..-5])
            assert failure.message.endsWith('whose last statement was: ' + locking)
            true
        }

        where:
        place   | when      | locking                                            || doing                                       | lock
        'db'    | 'started' | 'select id from targets where id = 3 for update'   || 'writing to targets in PostgreSQL'          | 'public.targets'
        'files' | 'started' | 'select id from targets where id = 3 for update'   || 'writing to targets in PostgreSQL'          | 'public.targets'
        'db'    | 'started' | 'lock table targets in access exclusive mode'      || 'writing to targets in PostgreSQL'          | 'public.targets'
        'db'    | 'started' | 'lock table items in access exclusive mode'        || 'planning items in PostgreSQL'              | 'public.items'
        'files' | 'started' | 'lock table labels in access exclusive mode'       || 'looking up labels by id in PostgreSQL'     | 'public.labels'
        'files' | 'before'  | 'lock table items in access exclusive mode'        || 'planning items in PostgreSQL'              | 'public.items'
        'db'    | 'saved'   | 'select name from backfill.runs for update'        || 'saving the checkpoint'                     | 'backfill.runs'
    }

    def "a run that fails for a lock says who held it, and so does its record"() {
        given:
        checkpoint = "file('$folder/checkpoints')"

        when:
        run(new RetryPolicy(1, Duration.ofMillis(10), Duration.ofMillis(10)), 'started', 'select id from targets where id = 3 for update')

        then:
        def failed = thrown TransientFailure
        failed.message.contains("it waited for a lock on public.targets held by pid $holder (user postgres, application the shop, idle in transaction for ")

        when:
        def resources = new OpenResources(2)
        def pulse = new LiveStatusStore(new FileStoreDefinition(folder.resolve('checkpoints')).open(resources, 'demo')).read().get()

        then:
        pulse.trouble().get().text() == failed.message
        Duration.between(pulse.trouble().get().at(), pulse.at()) < Duration.ofSeconds(5)

        cleanup:
        resources?.close()
    }
}
