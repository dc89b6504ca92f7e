package dev.backfill.scripts

import dev.backfill.dsl.Launch
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.time.Instant
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.key

@Timeout(180)
class FdbToPostgresSpec extends Specification {
    @TempDir
    Path folder

    @AutoCleanup
    TeaApp app

    void setup() {
        app = new TeaApp(folder)
        app.user(1)
        app.user(2)
        app.tea(11)
        app.qr(21, 11)
        app.device(31, [UserID: id(1).toString()])
    }

    def "users, teas, QR records and devices are copied in this order, so that every reference holds; a second run changes nothing"() {
        when:
        def first = app.run()
        def second = app.run('--json')

        then:
        first.code == 0
        ['users', 'teas', 'qr_records', 'devices'].collect { first.out.indexOf("  $it: ") }.with { it == it.sort(false) && it[0] > 0 }
        !first.out.contains('consumptions')
        app.sql.firstRow('select q.tea_id, q.boiling_temp, d.user_id, d.token from qr_records q, devices d') ==
                [tea_id: id(11), boiling_temp: 80, user_id: id(1), token: 'token 31']

        and:
        second.code == 0
        !(second.out =~ /"written":[1-9]/)
    }

    def "Go's zero time is stored as it is, and any other expiry to the instant"() {
        given:
        app.qr(22, 11, [ExpirationDate: '2027-03-01T10:00:00.123456+02:00'])

        when:
        app.run()

        then:
        app.sql.rows("select to_char(expiration_date at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') as at from qr_records order by id")*.at ==
                ['0001-01-01T00:00:00.000000Z', '2027-03-01T08:00:00.123456Z']
    }

    def "fields are found whatever their case and underscores"() {
        given:
        app.put('u', [id(3)], [apple_id: 'a', jwt: 'x'])
        app.put('q', [id(23)], [tea: id(11).toString(), bowling_temp: 70, expiration_date: '2030-01-01T00:00:00Z'])
        app.put('d', [id(33)], [token: 't', user_id: id(3).toString()])

        expect:
        app.run().code == 0
        app.ids('users').contains(id(3)) && app.ids('qr_records').contains(id(23)) && app.ids('devices').contains(id(33))
    }

    def "a tea's type is a number or a name, and 'other' if nobody knows it: #type"() {
        given:
        app.tea(12, [name: 'a', type: type])

        when:
        app.run()

        then:
        app.sql.firstRow('select type from teas where id = ?', [id(12)]).type == becomes

        where:
        type     || becomes
        0        || 'tea'
        1        || 'herb'
        2        || 'coffee'
        3        || 'other'
        9        || 'other'
        'herb'   || 'herb'
        'matcha' || 'other'
        null     || 'other'
    }

    def "what cannot be copied is a dead letter with its key; all others of its batch are written"() {
        given:
        (100..<1100).each { app.user(it) }
        app.user(3, [AppleID: null])
        app.user(4, [AppleID: 'apple 1'])
        app.put('u', [id(5)], '{"AppleID'.bytes)
        app.put('u', ['sers_schema'.bytes], '1'.bytes)
        app.tea(12, [name: null, type: 'tea'])
        app.qr(22, 99)
        app.qr(23, 12)
        app.qr(24, 11, [BowlingTemp: 'warm'])
        app.qr(25, 11, [Tea: 'green'])
        app.device(32, [UserID: id(99).toString()])
        app.device(33, [:])
        app.device(34, [UserID: id(1).toString()])
        app.owns(2, 34)
        app.device(35, [UserID: id(1).toString(), Token: 'token 31'])
        app.device(36, [UserID: '00000000-0000-0000-0000-000000000000'])
        app.owns(2, 36)

        when:
        def told = app.run()

        then:
        told.code == 3
        app.ids('users').size() == 1002
        app.ids('teas') == [id(11)]
        app.ids('qr_records') == [id(21)]
        app.ids('devices') == [id(31), id(36)]
        app.sql.firstRow('select user_id from devices where id = ?', [id(36)]).user_id == id(2)

        and:
        app.letters().collectEntries { phase, letters -> [phase, letters.keySet().sort()] } == [
                users     : [id(3), id(4), id(5)]*.toString() + ['0x' + key('u', 'sers_schema'.bytes).encodeHex()],
                teas      : [id(12).toString()],
                qr_records: [id(22), id(23), id(24), id(25)]*.toString(),
                devices   : [id(32), id(33), id(34), id(35)]*.toString()].collectEntries { phase, keys -> [phase, keys.sort()] }
        app.letters().qr_records[id(25).toString()] == 'decode error: Tea is not a uuid: green'
        app.letters().devices[id(34).toString()].contains("differ: ${id(1)}, ${id(2)}")
        app.sql.firstRow("select payload from backfill.dead_letters where key = ?", [id(5).toString()]).payload.contains('7b224170706c654944')
    }

    def "a QR whose tea came after the teas were scanned is a dead letter, and a second run catches up"() {
        given: 'what the scans see if tea and QR are saved between them'
        app.qr(22, 12)

        when:
        def first = app.run()

        then:
        first.code == 3
        app.letters() == [qr_records: [(id(22).toString()): app.letters().qr_records[id(22).toString()]]]

        when:
        app.tea(12)
        def second = app.run()

        then:
        second.code == 0
        app.ids('qr_records') == [id(21), id(22)]
        app.letters() == [:]
    }

    def "a QR whose tea comes into PostgreSQL while the run is on is tried again at the end"() {
        given: 'an application that adds the tea when the run has come to the devices'
        app.qr(22, 12)
        app.run('--phase', 'users')
        app.sql.execute """
            create function add_tea() returns trigger language plpgsql as \$\$ begin
                insert into teas (id, name, type) values ('${id(12)}', 'late', 'tea') on conflict do nothing; return new; end \$\$""".toString()
        app.sql.execute 'create trigger late before insert on devices for each statement execute function add_tea()'

        when:
        def told = app.run()

        then:
        told.code == 0
        app.ids('qr_records') == [id(21), id(22)]
        app.letters() == [:]
    }

    def "consumptions are copied only if that is asked for, their time to the microsecond"() {
        given:
        def nanos = java.nio.ByteBuffer.allocate(8).putLong(1_700_000_000_123456400).array()
        app.put('ix', [id(1), nanos, id(11)], [] as byte[])

        expect:
        app.run().code == 0
        app.sql.rows('select * from consumptions') == []

        when:
        def told = app.run('--with-consumptions')

        then:
        told.code == 0
        app.sql.rows('select user_id, ts, tea_id from consumptions').collect { [it.user_id, it.ts.toInstant(), it.tea_id] } ==
                [[id(1), Instant.parse('2023-11-14T22:13:20.123456Z'), id(11)]]
    }

    def "validate tells the counts of both sides, joined rows, and what the walk has lost; a difference fails"() {
        given:
        app.put('u', [id(5)], '{'.bytes)
        app.put('l', [id(1), id(41)], [Name: 'mine'])
        app.put('il', [id(41), id(29)], dev.backfill.foundationdb.key.Bytes.of(id(29)))
        app.run()

        when:
        def right = app.tell(['validate'])

        then:
        right.code == 0
        right.out =~ /\n  phase +in the source  dead letters  in the target  target\n  users +3 +1 +2  users in PostgreSQL\n/
        right.out.contains("id ${id(21)}, name tea 11, boiling_temp 80")
        right.out.contains("id ${id(31)}, user_id ${id(1)}")
        right.out.contains("1 QR records that no pointer il points to: ${id(21)}")
        right.out.contains("1 pointer il that points to a QR that is not there: ${id(29)}")

        when:
        app.sql.execute('delete from qr_records')
        def wrong = app.tell(['validate'])

        then:
        wrong.code == 5
        wrong.out.contains('qr_records in PostgreSQL should contain 1 record and contains 0: 1 missing')
    }

    def "the tables are made only if that is asked for; a dry run says what is skipped until they are there"() {
        when:
        def without = app.tell(['run'])

        then:
        without.code == 1
        (without.out + without.err).contains('users')

        when:
        def dry = app.tell(['run', '--create-schema', '--dry-run'])

        then:
        dry.code == 0
        dry.out.contains('! users was skipped: users will be created by the run')
        app.sql.rows("select 1 from pg_tables where schemaname = 'public'") == []
    }

    def "without PG_DSN the user is told that it is required, before anything else"() {
        expect:
        Launch.load(TeaApp.SCRIPT, [], [:]).problems() == ['PG_DSN is required; set it in the environment or in a file .env']
    }

    def "a thousand rows take three statements: the rows, the run, the split"() {
        given:
        (1000..<11_000).each { app.tea(it) }
        app.run('--phase', 'users')
        def statements = []
        def driver = Logger.getLogger('org.postgresql.core.v3.QueryExecutorImpl')
        def handler = new Handler() {
            @Override
            void publish(LogRecord one) {
                synchronized (statements) {
                    statements << one.message
                }
            }

            @Override
            void flush() { }

            @Override
            void close() { }
        }
        driver.level = Level.FINEST
        driver.addHandler(handler)

        when:
        app.run('--phase', 'teas')
        def sent = statements.findAll { it.contains('FE=> Parse(') }
        def first = sent.findIndexOf { it =~ /insert into \S*"teas"/ }
        def last = sent.findLastIndexOf { it =~ /insert into \S*"teas"/ }
        def between = sent[first..last].findAll { it =~ /insert into \S*"teas"|backfill\.runs set version|insert into backfill\.splits/ }

        then: 'between the first and the last of eleven batches, leaving out what begins and ends a transaction, and the beats'
        sent.count { it =~ /insert into \S*"teas"/ } == 11
        between.size() <= 3 * 11
        app.ids('teas').size() == 10_001

        cleanup:
        driver.removeHandler(handler)
        driver.level = null
    }
}
