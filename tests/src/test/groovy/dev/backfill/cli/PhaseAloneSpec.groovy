package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

/** A phase that is run alone needs its own tables and servers, and no others; the run remains one run. */
class PhaseAloneSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    String other = "postgres://postgres:postgres@127.0.0.1:${new ServerSocket(0).withCloseable { it.localPort }}/nowhere"
    def firstLine = 'transform { c -> [id: c.id, name: c.name] }'
    def secondLine = 'transform { o -> [id: o.id, customer: o.customer] }'
    def target = 'db'

    def setup() {
        sql.execute 'drop table if exists orders, customers, raw_orders, raw_customers'
        sql.execute 'create table raw_customers (id bigint primary key, name text)'
        sql.execute 'create table customers (id bigint primary key, name text)'
        sql.execute "insert into raw_customers select n, 'customer ' || n from generate_series(1, 25) n"
    }

    private void orders() {
        sql.execute 'create table raw_orders (id bigint primary key, customer bigint)'
        sql.execute 'insert into raw_orders select n, n from generate_series(1, 25) n'
        sql.execute 'create table orders (id bigint primary key, customer bigint references customers)'
    }

    private Map command(String... arguments) {
        def program = new Scripts(folder).backfill("""
            about 'copies customers and their orders'
            def db    = postgres()
            def other = postgres(secret('OTHER_URL'))
            checkpoint file('$folder/checkpoints')
            batch      10
            phase('customers') {
                source db.table('raw_customers').key('id').select('id', 'name')
                $firstLine
                sink   db.table('customers').key('id').upsert('name')
            }
            phase('orders') {
                source db.table('raw_orders').key('id').select('id', 'customer')
                $secondLine
                sink   ${target}.table('orders').key('id').upsert('customer')
            }
            deadLetters atMost: 1000
            """, [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(),
                  DB_USER: database.user(), DB_PASSWORD: database.password().reveal(), OTHER_URL: other], arguments as List)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments as List, new PrintWriter(out, true), new PrintWriter(err, true)),
         out: out.toString(), err: err.toString()]
    }

    private int count(String table) {
        sql.firstRow("select count(*) as n from $table" as String).n as int
    }

    @Unroll("#missing")
    def "a phase is run while what another one needs is not there "() {
        given:
        target = place

        when:
        def alone = command('run', '--phase', 'customers')

        then:
        alone.code == 0
        count('customers') == 25

        when: 'the rest is there later: the run continues, and does the first phase no more'
        target = 'db'
        orders()
        sql.execute 'delete from customers where id = 1'
        sql.execute 'delete from raw_orders where id = 1'
        def whole = command('run')

        then:
        whole.code == 0
        count('customers') == 24
        count('orders') == 24

        where:
        missing      | place
        'its tables' | 'db'
        'its server' | 'other'
    }

    def "what a phase was begun with is compared when all are run, though others were run alone since"() {
        given: 'both phases are begun, the second one after the first'
        orders()
        assert command('run', '--phase', 'customers', '--limit', '10').code == 4
        assert command('run', '--limit', '20').code == 4
        assert command('run', '--phase', 'customers').code == 0

        when: 'one of them is changed'
        firstLine = first
        secondLine = second
        def refused = command('run')

        then:
        refused.code == 2
        refused.err.contains("the text of phase '$changed' was changed")

        where:
        changed     | first                                                  | second
        'customers' | 'transform { c -> [id: c.id, name: c.name.trim()] }'   | 'transform { o -> [id: o.id, customer: o.customer] }'
        'orders'    | 'transform { c -> [id: c.id, name: c.name] }'          | 'transform { o -> [id: o.id, customer: o.customer + 0] }'
    }

    def "records that wait for a parent are tried again when the parent's phase was run alone"() {
        given:
        orders()

        expect: 'all orders are rejected, as no customer is there'
        command('run', '--phase', 'orders').code == 3
        count('orders') == 0

        when:
        def parents = command('run', '--phase', 'customers')

        then:
        parents.code == 0
        count('orders') == 25
    }
}
