package dev.backfill.postgres.value

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.OffsetDateTime
import java.time.ZoneOffset

/** What a value may cost before it is known whether its column can hold it, and what a value becomes in a column of another type. */
class ValueBoundsSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute '''create domain short as varchar(3)'''
        application.execute '''create domain shorter as short check (value <> 'no')'''
        application.execute '''create domain bits as bit(3)'''
        application.execute '''create table items (id int primary key, text text, varchar varchar(9), int4 int4, int8 int8, numeric numeric, sized numeric(10,2),
            float8 float8, json json, jsonb jsonb, money money, numerics numeric[], texts text[], floats float8[], short shorter, shorts short[], bits bits,
            char char(4), chars char(4)[], timestamptz timestamptz, timestamp timestamp, timetz timetz)'''
    }

    def setup() {
        application.execute 'truncate items'
    }

    @Timeout(20)
    def "the number #number into #column is rejected before its digits are written out"() {
        when:
        def outcome = sink(column).write([Row.of([id: 1, (column): value]), Row.of([id: 2, (column): null])])

        then:
        SinkContract.fates(outcome) == [WriteStatus.REJECTED, WriteStatus.WRITTEN]
        outcome.rejection(0).reason().length() < 200

        where:
        [column, number] << [['text', 'varchar', 'int4', 'int8', 'numeric', 'sized', 'json', 'jsonb', 'money', 'numerics', 'texts'], ['1e999999999', '-1e2147483640', '1e131072', '1e-999999999', '1e-16384']].combinations()
        value = column in ['numerics', 'texts'] ? [new BigDecimal(number)] : column.startsWith('json') ? [a: [new BigDecimal(number)]] : new BigDecimal(number)
    }

    @Timeout(20)
    def "a text of a number for #column is bounded as the number is: #text"() {
        expect:
        SinkContract.fates(sink(column).write([Row.of([id: 1, (column): text])])) == [WriteStatus.REJECTED]

        where:
        column    | text
        'numeric' | '1e999999999'
        'money'   | '1e-999999999'
        'int8'    | '1' * 1_000_000
        'int8'    | '1e999999999'
    }

    def "the largest numbers that PostgreSQL has are written whole"() {
        when:
        sink('numeric', 'text').write([Row.of([id: 1, numeric: new BigDecimal('1e131071'), text: new BigDecimal('1e-16383')])])

        then:
        application.firstRow("select numeric = '1e131071' and text = cast(cast('1e-16383' as numeric) as text) as same from items").same
    }

    def "a zero keeps its sign, given as #zero.class.simpleName"() {
        when:
        sink('float8', 'floats').write([Row.of([id: 1, float8: zero, floats: [zero]])])

        then:
        application.firstRow('select cast(float8 as text) as one, cast(floats as text) as several from items')*.value == ['-0', '{-0}']

        where:
        zero << [-0.0d, -0.0f, '-0', '-0.0']
    }

    def "what is too long for a domain is rejected and never cut off: #column"() {
        expect:
        rejects(column, value)
        application.rows('select 1 from items').empty

        where:
        column   | value
        'short'  | 'abcd'
        'bits'   | '10101'
        'bits'   | '1'
        'shorts' | ['abcd']
        'chars'  | ['abcde']
        'short'  | 'no'
    }

    def "a char is what a cast makes of it in a column of another type, and is filled up again in one of its own"() {
        given:
        application.execute "insert into items (id, char, chars) values (1, 'ab', '{ab,\"c \"}')"
        def row = read('char', 'chars')

        when:
        sink('text', 'varchar', 'texts', 'char', 'chars').write([Row.of([id: 2, text: row.char, varchar: row.char, texts: row.chars, char: row.char, chars: row.chars])])
        application.execute 'insert into items (id, text, varchar, texts, char, chars) select 3, char, char, chars, char, chars from items where id = 1'

        then:
        application.firstRow('select cast(row(a.text, a.varchar, a.texts, a.char, a.chars) as record) *= cast(row(b.text, b.varchar, b.texts, b.char, b.chars) as record) as same from items a, items b where a.id = 2 and b.id = 3').same
    }

    def "a time that Java cannot hold is written into a text as PostgreSQL writes it: #time"() {
        when:
        sink('text').write([Row.of([id: 1, text: time])])

        then:
        application.firstRow('select text from items').text == text

        where:
        time                                   | text
        OffsetDateTime.MAX                     | 'infinity'
        LocalDateTime.MIN                      | '-infinity'
        LocalDate.MAX                          | 'infinity'
        LocalTime.MAX                          | '24:00:00'
        LocalTime.MAX.atOffset(ZoneOffset.ofHours(-3)) | '24:00:00-03:00'
        LocalTime.of(1, 2, 3)                  | '01:02:03'
    }

    def "money is a number for a script, whatever the locale of the session, and a text of another form is rejected"() {
        given:
        application.execute "insert into items (id, money) values (1, '1234.5')"

        expect:
        read('money').money == 1234.50
        SinkContract.fates(sink('money').write([Row.of([id: 2, money: '$1,234.50']), Row.of([id: 3, money: 1234.5]), Row.of([id: 4, money: '-0.01'])])) ==
            [WriteStatus.REJECTED, WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        application.rows('select cast(money as numeric) as money from items order by id')*.money == [1234.50, 1234.50, -0.01]
    }

    /** By a look at the value before it is sent, or by the server, which then names the whole batch. */
    private boolean rejects(String column, Object value) {
        try {
            return SinkContract.fates(sink(column).write([Row.of([id: 1, (column): value])])) == [WriteStatus.REJECTED]
        } catch (RejectedFailure refused) {
            return refused.message.contains('SQLSTATE 2')
        }
    }

    def "a JSON nested deeper than the server's stack is refused as a record's fault, and not as the run's"() {
        when:
        sink('jsonb').write([Row.of([id: 1, jsonb: '[' * 100_000 + ']' * 100_000])])

        then:
        def refused = thrown RejectedFailure
        refused.message.contains('SQLSTATE 54001')
    }

    private Row read(String... columns) {
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], columns as List, [])
        source.read(source.splits(1).first(), source.splits(1).first().after(), 1).rows().first()
    }

    private UpsertSink sink(String... columns) {
        UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], columns as List))
    }
}
