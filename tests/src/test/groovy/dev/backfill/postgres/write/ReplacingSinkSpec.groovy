package dev.backfill.postgres.write

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.connector.TransientFailure
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification

import java.util.concurrent.atomic.AtomicBoolean

class ReplacingSinkSpec extends Specification {
    private static final String OUTSIDE = 'the row would not be among the rows that replaceWhere(…) replaces'
    private static final String TAKEN = 'a row with this key is not among the rows that replaceWhere(…) replaces, and is left as it is'
    private static final String NULL_LOT = "update stock set lot = null where lot = 'hand'"

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def setup() {
        sql.execute '''
            drop table if exists stock;
            create table stock (product int not null, lot text, quantity int not null check (quantity < 1000), updated_by text, other text, unique (product, lot));
            insert into stock select n, 'old', 1, 'api', null from generate_series(1, 100) n;
            insert into stock values (1, 'hand', 7, 'ops', null);
            drop schema if exists backfill cascade;
        '''
    }

    private ReplacingSink sink(String position = '', String condition = "updated_by = 'api'") {
        def upsert = Upsert.of(TableName.of('stock'), ['product', 'lot'], ['quantity', 'updated_by'])
        def sink = new ReplacingSink(UpsertSink.open(database, upsert), condition)
        sink.truncateTo(position)
        sink
    }

    private List<String> stages() {
        sql.rows("select tablename from pg_tables where schemaname = 'backfill' order by 1")*.tablename
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
        sink.publish(Row.of([:]))

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
            sink.publish(Row.of([:]))
        }
        done.set(true)
        reader.join()

        then:
        seen.size() > 10
        seen.every { it == 101 }
    }

    def "a run that dies at any moment resumes with what was saved, and the old rows are there until the end"() {
        given: 'two batches, of which the position of the first was saved'
        def killed = sink()
        def saved = killed.write(lots(1..50)).position().get()
        killed.write(lots(51..80))

        when: 'the next process writes the second batch again'
        def sink = sink(saved)
        sink.write(lots(51..70))

        then:
        sink.resumable()
        counts() == [old: 100, hand: 1]

        when:
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 70, hand: 1]
    }

    def "a run that dies after the rows were replaced does not replace them once more"() {
        given:
        def killed = sink()
        def saved = killed.write(lots(1..50)).position().get()
        killed.publish(Row.of([:]))
        sql.execute "update stock set quantity = 9 where product = 7 and lot = 'new'"

        when:
        def sink = sink(saved)
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 50, hand: 1]
        sql.firstRow("select quantity from stock where product = 7 and lot = 'new'").quantity == 9

        when:
        sink.cleanUp()

        then:
        stages() == []
    }

    def "nothing is locked and no transaction is open while records are kept"() {
        given:
        def sink = sink()
        sink.write(lots(1..50, 'old', 5))

        when:
        sql.execute "set lock_timeout = '1s'"
        sql.execute "update stock set quantity = 3 where product = 1 and lot = 'old'"

        then:
        sql.firstRow("select count(*) as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'").n == 0

        when:
        sink.publish(Row.of([:]))

        then:
        sql.firstRow("select min(quantity) as q from stock where lot = 'old'").q == 5

        cleanup:
        sql.execute 'reset lock_timeout'
    }

    def "what is kept survives a crash, is nobody else's to read, and goes with the next beginning or the end"() {
        given:
        sink().write(lots(1..3))

        expect:
        sql.firstRow("select relpersistence::text as kind, coalesce(relacl::text, '') as acl from pg_class where relnamespace = 'backfill'::regnamespace and relkind = 'r'")
            .with { [it.kind, it.acl.contains('=r/') && it.acl.contains('{=')] } == ['p', false]
        stages().size() == 1

        when:
        def other = sink()
        other.write(lots(1..3))

        then:
        stages().size() == 1

        when:
        other.publish(Row.of([:]))
        other.cleanUp()

        then:
        stages() == []
    }

    def "records that are gone, or too few, are told before anything is replaced"() {
        given:
        def saved = sink().write(lots(1..10)).position().get()
        sql.execute(statement.replace('STAGE', 'backfill.' + stages()[0]))

        when:
        sink(saved).publish(Row.of([:]))

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)
        failure.message.contains('begin again with --restart')
        counts() == [old: 100, hand: 1]

        where:
        statement                                         || says
        'drop table STAGE'                                || 'are gone'
        'delete from STAGE where backfill_number = 3'     || '10 records were kept, but there are 9'
    }

    private List<Map> outside() {
        sql.rows("select * from stock where updated_by is distinct from 'api' order by product, lot").collect { new LinkedHashMap(it) }
    }

    def "a record that would write outside the rows that are replaced is rejected, and nothing outside is touched: #what"() {
        given:
        if (before) {
            sql.execute before
        }
        def untouched = outside()
        def sink = sink('', condition)
        def records = lots(1..2) + Row.of(record) + lots(3..3)

        when:
        def previewed = sink.preview(records)
        def outcome = sink.write(records)

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN, WriteStatus.REJECTED, WriteStatus.WRITTEN]
        outcome.rejection(2) == new Rejection(Rejection.Kind.RULE, "$reason: $condition")
        previewed.reason(2) == (previewable ? outcome.reason(2) : '')

        when:
        sink.publish(Row.of([:]))

        then:
        counts().new == 3
        counts().old == null
        outside() == untouched

        where:
        what                             | condition                                    | record                                                    | before             || previewable | reason
        'a value that does not meet it'  | "updated_by = 'api'"                         | [product: 9, lot: 'x', quantity: 1, updated_by: 'ops']    | ''                 || true        | OUTSIDE
        'a value with which it is null'  | "updated_by = 'api'"                         | [product: 9, lot: 'x', quantity: 1, updated_by: null]     | ''                 || true        | OUTSIDE
        'what the table refuses too'     | "updated_by = 'api'"                         | [product: 9, lot: 'x', quantity: 5000, updated_by: 'ops'] | ''                 || true        | OUTSIDE
        'the key of a row outside'       | "updated_by = 'api'"                         | [product: 1, lot: 'hand', quantity: 1, updated_by: 'api'] | ''                 || true        | TAKEN
        'its key, with a null'           | "updated_by = 'api'"                         | [product: 1, lot: null, quantity: 1, updated_by: 'api']   | NULL_LOT           || true        | TAKEN
        'a column that is not written'   | "updated_by = 'api' and stock.other is null" | [product: 9, lot: 'x', quantity: 7, updated_by: 'api']    | trigger('other')   || false       | OUTSIDE
        'a value that a trigger changes' | "updated_by = 'api'"                         | [product: 9, lot: 'x', quantity: 7, updated_by: 'api']    | trigger('updated_by') || false    | OUTSIDE
    }

    private static String trigger(String column) {
        """create or replace function change() returns trigger language plpgsql as \$\$ begin
               if new.lot = 'x' then new.$column := 'ops'; end if; return new; end \$\$;
           create trigger change before insert on stock for each row execute function change()"""
    }

    def "a rejected record takes the place of no other one of its key, and a batch of such records alone has a position"() {
        given:
        def sink = sink()
        def rejected = Row.of([product: 1, lot: 'new', quantity: 3, updated_by: 'ops'])

        when:
        def outcome = sink.write(lots(1..1) + rejected)
        def alone = sink.write([rejected])
        sink.write(lots(2..2))
        sink.publish(Row.of([:]))

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.REJECTED]
        SinkContract.fates(alone) == [WriteStatus.REJECTED]
        alone.position() == outcome.position()
        counts() == [new: 2, hand: 1]
    }

    def "the records that a target may be refusing are told by their place in the whole batch"() {
        when:
        sink().write([Row.of([product: 8, lot: 'x', quantity: 1, updated_by: 'ops'])] + lots(1..2) + lots(3..3, 'new', 5000))

        then:
        def failure = thrown RejectedFailure
        failure.suspects() == [3]
    }

    def "a row outside that is added while records are kept is not touched: the end names the record and changes nothing"() {
        given:
        def sink = sink()
        sink.write(lots(1..9))
        sql.execute "insert into stock values (7, 'new', 41, 'ops', null)"

        when:
        sink.publish(Row.of([:]))

        then:
        def failure = thrown FatalFailure
        failure.message.contains('1 record is refused, product 7, lot new: a row with this key is not among the rows')
        counts() == [old: 100, hand: 1, new: 1]

        when:
        sql.execute "delete from stock where quantity = 41"
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 9, hand: 1]
    }

    def "what only the end can refuse is named, changes nothing, and can be tried again"() {
        given: 'a code that a row has which is not replaced'
        sql.execute 'alter table stock add column code int'
        sql.execute 'create unique index on stock (code)'
        sql.execute "update stock set code = 7 where lot = 'hand'"
        def upsert = Upsert.of(TableName.of('stock'), ['product', 'lot'], ['updated_by', 'quantity', 'code'])
        def sink = new ReplacingSink(UpsertSink.open(database, upsert), "updated_by = 'api'")
        sink.truncateTo('')
        sink.write((1..9).collect { Row.of([product: it, lot: 'new', quantity: 1, updated_by: 'api', code: it]) })

        when:
        sink.publish(Row.of([:]))

        then:
        def failure = thrown FatalFailure
        failure.message.contains('1 record is refused, product 7, lot new: ')
        failure.message.contains('stock_code_idx')
        failure.message.contains('nothing was changed')
        counts() == [old: 100, hand: 1]

        when:
        sql.execute "update stock set code = null where lot = 'hand'"
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 9, hand: 1]
    }

    def "plan says how long the end will be, and what cannot be told of the condition"() {
        given:
        sql.execute 'analyze stock'

        expect:
        sink().inspect()*.text().any { it.contains('about 100 rows are deleted and as many written') }
        sink().inspect()*.text().every { !it.contains('columns that are not written') }
        sink('', "updated_by = 'api' and other is null").inspect()*.text().any { it.contains('columns that are not written, so that a dry run does not show') }
    }

    def "with nothing to write the old rows are deleted all the same"() {
        when:
        sink().publish(Row.of([:]))

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
        sink.publish(Row.of([:]))

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
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 6, hand: 1]
    }

    @IgnoreIf(value = { PostgresServer.pooled }, reason = 'a pooler that has just lost its server refuses the next client in words of its own')
    def "a connection that is lost between two batches does not matter"() {
        given:
        def sink = sink()
        sink.write(lots(1..10))
        sql.execute "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'backfill'"

        when:
        def again = false
        while (!again) {
            try {
                sink.write(lots(11..12))
                again = true
            } catch (TransientFailure ignored) {
                again = false
            }
        }
        sink.publish(Row.of([:]))

        then:
        counts() == [new: 12, hand: 1]
    }
}
