package dev.backfill.cli

import dev.backfill.dsl.Launch
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import java.sql.SQLException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.locks.LockSupport

/** A run takes as many connections as its server has free for it, and leaves some of those to others. */
class ConnectionsSpec extends Specification {
    @Shared @AutoCleanup EmbeddedPostgres server = PostgresServer.builder().setServerConfig('max_connections', '20').start()
    @Shared @AutoCleanup Sql application = new Sql(DriverManager.getConnection(server.getJdbcUrl('postgres', 'postgres')))
    @TempDir Path folder

    def setupSpec() {
        application.execute 'create role guest login'
        application.execute 'create database shop owner guest'
    }

    def setup() {
        shop { it.execute '''drop table if exists original, copied, seen;
            create table original (id int primary key, name text);
            create table copied (id int primary key, name text);
            create table seen (connections int);
            create or replace function see() returns trigger language plpgsql as $$ begin
                insert into seen select count(*) from pg_stat_activity where datname = 'shop';
                perform pg_advisory_xact_lock_shared(1);
                return null;
            end $$;
            create trigger see after insert on copied for each statement execute function see();
            grant all on all tables in schema public to guest;
            insert into original select n, 'name ' || n from generate_series(1, 400) n''' }
    }

    def cleanup() {
        application.execute 'alter role guest connection limit -1'
        application.execute 'alter database shop connection limit -1'
    }

    def "2,000 splits are as many as #limit allows: #sentence"() {
        given:
        limits.each { application.execute it }

        when:
        def plan = launch(['plan', '--parallel', '2000'])

        then:
        plan.out.contains(sentence)
        plan.code == 0

        when:
        def run = launch(['run', '--parallel', '2000', '--batch-size', '5'])

        then:
        run.out.contains(sentence)
        run.code == 0
        shop { it.firstRow('select count(*) as n from copied').n } == 400
        shop { it.firstRow('select max(connections) as n from seen').n } <= most

        where:
        limit          | limits                                          | most || sentence
        'the server'   | []                                              | 13   || 'running 2 splits instead of 2,000: shop on 127.0.0.1:'
        'the role'     | ['alter role guest connection limit 9']         | 8    || 'running 1 split instead of 2,000: shop on 127.0.0.1:'
        'the database' | ['alter database shop connection limit 9']      | 8    || 'running 1 split instead of 2,000: shop on 127.0.0.1:'
        'a tight role' | ['alter role guest connection limit 4']         | 4    || 'running 1 split instead of 2,000, 1 batch in flight instead of 4: shop on 127.0.0.1:'
    }

    def "what fits is not bounded"() {
        when:
        def run = launch(['run', '--parallel', '2', '--in-flight', '3', '--batch-size', '5'])

        then:
        run.code == 0
        !run.out.contains('instead of')
    }

    def "splits that are tuned are bounded as well"() {
        given:
        launch(['run', '--limit', '5', '--batch-size', '5'])
        launch(['tune', '--parallel', '2000'])

        when:
        def run = launch(['run', '--batch-size', '5'])

        then:
        run.out.contains('running 2 splits instead of 2,000: shop on 127.0.0.1:')
        run.code == 0
    }

    def "a server that gets full during the run makes it wait, and it says so"() {
        given: 'a run that is held up before it reads, and where it writes'
        def holder = connect()
        holder.autoCommit = false
        holder.createStatement().execute('select pg_advisory_lock(1); lock table original')
        def others = []
        def said = new ByteArrayOutputStream()
        def run = CompletableFuture.supplyAsync { launch(['run', '--parallel', '2', '--batch-size', '5'], said, '1') }
        until { shop { it.firstRow("select count(*) as n from pg_stat_activity where wait_event_type = 'Lock'").n } > 0 }

        when: 'others take all that is left'
        try {
            while (true) {
                others << connect()
            }
        } catch (SQLException full) {
            assert full.SQLState == '53300'
        }
        holder.rollback()
        until { said.toString('UTF-8').contains('SQLSTATE 53300') || run.done }
        holder.createStatement().execute('select pg_advisory_unlock(1)')
        def ended = run.get()

        then:
        ended.out.contains('(SQLSTATE 53300); the run waits until others close theirs')
        ended.code == 0

        cleanup:
        (others + holder)*.close()
    }

    private Map launch(List<String> arguments, ByteArrayOutputStream said = new ByteArrayOutputStream(), String seconds = '10') {
        def script = new Scripts(folder).write('copy.groovy', """\
            backfill('copy') {
                about 'copies'
                def db = postgres()
                checkpoint file('$folder/checkpoints')
                phase('copy') {
                    source db.table('original').key('id').select('id', 'name')
                    newRows handledBy: 'nobody'
                    sink db.table('copied').key('id').upsert('name')
                }
            }
            """.stripIndent())
        def (out, err) = [System.out, System.err]
        System.out = System.err = new PrintStream(said, true, 'UTF-8')
        try {
            def code = Launch.run(script, arguments, [DB_HOST: '127.0.0.1', DB_PORT: "$server.port" as String, DB_DATABASE: 'shop', DB_USER: 'guest',
                                                      DB_PASSWORD: 'guest', DB_CONNECTION_TIMEOUT: seconds])
            [code: code, out: said.toString('UTF-8')]
        } finally {
            System.out = out
            System.err = err
        }
    }

    private Connection connect() {
        DriverManager.getConnection(server.getJdbcUrl('guest', 'shop'))
    }

    private <T> T shop(Closure<T> asked) {
        Sql.newInstance(server.getJdbcUrl('postgres', 'shop')).withCloseable(asked) as T
    }

    private static void until(Closure<Boolean> there) {
        def deadline = System.nanoTime() + 60_000_000_000L
        while (!there()) {
            assert System.nanoTime() < deadline
            LockSupport.parkNanos(50_000_000)
        }
    }
}
