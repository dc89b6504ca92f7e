package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Unroll
import spock.util.concurrent.PollingConditions

import java.nio.file.Path
import java.util.concurrent.CompletableFuture

/** Somebody asks from elsewhere why a run makes no progress: another session holds a lock that it waits for. */
@Timeout(120)
@Requires({ !PostgresServer.isPooled() })
class BlockedStatusSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)
    @AutoCleanup Sql shop = PostgresServer.sql(database)

    @TempDir
    Path folder

    def setup() {
        sql.execute 'drop schema if exists backfill cascade'
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
        shop.execute "set application_name = 'the shop'"
    }

    private Map command(String checkpoint, String... arguments) {
        def program = new Scripts(folder).backfill("""
            about 'writes the size of every label'
            def db    = postgres()
            def items = db.table('items').key('id')
            checkpoint $checkpoint
            batch      10
            phase('sizes') {
                source    items.select('id', 'label')
                transform { i -> [id: i.id, size: i.label.size()] }
                sink      items.update('size')
            }
            """, [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(),
                  DB_USER: database.user(), DB_PASSWORD: database.password().reveal()], arguments as List)
        def out = new StringWriter()
        [code: BackfillCommand.execute(program, arguments as List, new PrintWriter(out, true), new PrintWriter(new StringWriter())), out: out.toString()]
    }

    @Unroll("#place")
    def "status names the session that blocks the run, its last error, rate and time left"() {
        given:
        def checkpoint = place == 'in files' ? "file('$folder/checkpoints')" : 'db'
        def holder = shop.firstRow('select pg_backend_pid() as pid').pid
        shop.connection.autoCommit = false
        shop.execute 'select id from items where id = 13 for update'

        when:
        def run = CompletableFuture.supplyAsync { command(checkpoint, 'run') }

        then: 'while it waits'
        new PollingConditions(timeout: 30, delay: 0.1).eventually {
            assert command(checkpoint, 'status').out =~ /blocked: it waits for a lock on public\.items held by pid $holder \(user postgres, application the shop, idle in transaction for \d+ s\), whose last statement was: select id from items where id = 13 for update\n/
        }
        new PollingConditions(timeout: 30, delay: 0.1).eventually {
            def json = new JsonSlurper().parseText(command(checkpoint, 'status', '--json').out) as Map
            assert json.blockedBy*.pid == [holder]
            assert json.blockedBy[0].lock == 'public.items'
            assert json.lastError.text.contains('updating public.items')
            assert json.lastError.text.contains("it waited for a lock on public.items held by pid $holder")
        }
        command(checkpoint, 'status').out =~ /\n  last error: \S+ \S+ \S+ updating public\.items /

        when: 'the lock is given free'
        shop.rollback()

        then:
        run.get().code == 0
        !command(checkpoint, 'status').out.contains('blocked:')
        command(checkpoint, 'status').out =~ /\n  last batch: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+\n/

        cleanup:
        shop.rollback()

        where:
        place << ['in files', 'in the same database']
    }
}
