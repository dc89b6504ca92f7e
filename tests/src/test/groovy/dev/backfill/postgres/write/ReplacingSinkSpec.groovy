package dev.backfill.postgres.write

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.Row
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.util.concurrent.atomic.AtomicBoolean

class ReplacingSinkSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def setup() {
        sql.execute '''
            drop table if exists stock;
            create table stock (product int not null, lot text, quantity int not null check (quantity < 1000), updated_by text, unique (product, lot));
            insert into stock select n, 'old', 1, 'api' from generate_series(1, 100) n;
            insert into stock values (1, 'hand', 7, 'ops');
        '''
    }

    private ReplacingSink sink() {
        def upsert = Upsert.of(TableName.of('stock'), ['product', 'lot'], ['quantity', 'updated_by'])
        def sink = new ReplacingSink(UpsertSink.open(database, upsert), TableName.of('stock'), "updated_by = 'api'")
        sink.resume('')
        sink
    }

    private static List<Row> lots(Range<Integer> products, String lot = 'new', int quantity = 2) {
        products.collect { Row.of([product: it, lot: lot, quantity: quantity, updated_by: 'api']) }
    }

    private Map<String, Integer> counts() {
        sql.rows("select coalesce(lot, 'none') as lot, count(*) as n from stock group by 1").collectEntries { [it.lot, it.n as int] }
    }

    def "the old rows are there until all new ones are, and then at once no more; others stay"() {
        given:
        def sink = sink()

        when:
        sink.write(lots(1..50))
        sink.write(lots(51..80))

        then:
        counts() == [old: 100, hand: 1]

        when:
        sink.finish(Row.of([:]))

        then:
        counts() == [new: 80, hand: 1]
    }

    def "somebody who reads in a loop never sees the table without its rows"() {
        given:
        def done = new AtomicBoolean()
        def seen = [].asSynchronized()
        def reader = Thread.start {
            PostgresServer.sql(settings).withCloseable { own ->
                while (!done.get()) {
                    seen << (own.firstRow('select count(*) as n from stock').n as int)
                }
            }
        }

        when:
        10.times {
            def sink = sink()
            (1..100).collate(10).each { sink.write(lots(it.first()..it.last(), 'old')) }
            sink.finish(Row.of([:]))
        }
        done.set(true)
        reader.join()

        then:
        seen.size() > 10
        seen.every { it == 101 }
    }

    def "what was not finished is undone, and begins anew"() {
        given:
        def sink = sink()
        sink.write(lots(1..50))

        when:
        sink.close()

        then:
        counts() == [old: 100, hand: 1]
        !sink.resumable()
    }

    def "with nothing to write the old rows are deleted all the same"() {
        when:
        sink().finish(Row.of([:]))

        then:
        counts() == [hand: 1]
    }

    def "a refused record undoes its own write, and neither those before nor the deletion"() {
        given:
        def sink = sink()
        sink.write(lots(1..10))

        when:
        sink.write(lots(11..12) + lots(13..13, 'new', 5000))

        then:
        thrown RejectedFailure

        when:
        sink.write(lots(11..12))
        sink.finish(Row.of([:]))

        then:
        counts() == [new: 12, hand: 1]
    }

    def "what is too much at once undoes its own write only, and is written in parts"() {
        given:
        sql.execute '''create or replace function slow() returns trigger language plpgsql as $$ begin
            if (select count(*) from added) > 3 then raise exception 'too long' using errcode = '57014'; end if;
            return null; end $$'''
        sql.execute 'create trigger slow after insert on stock referencing new table as added for each statement execute function slow()'
        def sink = sink()
        sink.write(lots(1..3))

        when:
        sink.write(lots(4..9))

        then:
        thrown OversizedFailure

        when:
        sink.write(lots(4..6))
        sink.finish(Row.of([:]))

        then:
        counts() == [new: 6, hand: 1]
    }

    def "a connection that is lost undoes the whole, and says to begin anew"() {
        given:
        def sink = sink()
        sink.write(lots(1..10))
        sql.execute "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"

        when:
        sink.write(lots(11..12))

        then:
        def failure = thrown FatalFailure
        failure.message.contains('nothing was changed: start it again, it begins anew')
        counts() == [old: 100, hand: 1]
    }
}
