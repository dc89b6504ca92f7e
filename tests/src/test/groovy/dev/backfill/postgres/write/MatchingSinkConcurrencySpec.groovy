package dev.backfill.postgres.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.FutureTask

/** Another client changes the rows between the look-up of an upsert and its write. */
@Timeout(60)
class MatchingSinkConcurrencySpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 3)

    def setup() {
        application.connection.autoCommit = true
        application.execute '''
            drop table if exists places;
            create table places (id int generated always as identity primary key, code text unique, name text, external_id bigint unique, note text);
            insert into places (code, name, external_id) values ('a', 'A', 1), ('b', 'B', 2), ('c', 'C', null);
        '''
        application.connection.autoCommit = false
    }

    def cleanup() {
        application.rollback()
        application.connection.autoCommit = true
    }

    private MatchingSink sink() {
        MatchingSink.open(database, Upsert.of(TableName.of('places'), ['external_id'], ['code', 'name']).fallbackKey(['code']))
    }

    private static Row place(Number id, String code, String name) {
        Row.of([external_id: id, code: code, name: name])
    }

    private List<List<Object>> rows() {
        PostgresServer.sql(settings).withCloseable { own ->
            own.rows('select external_id, code, name, note from places order by id').collect { it.values().toList() }
        }
    }

    /** Lets the sink write up to where it waits for the application, which then commits. */
    private WriteResult writtenWhile(List<Row> records) {
        def result = new FutureTask<WriteResult>({ sink().write(records) })
        Thread.startDaemon { result.run() }
        waitUntilBlocked()
        application.commit()
        result.get()
    }

    private void waitUntilBlocked() {
        def deadline = System.nanoTime() + 10_000_000_000L
        PostgresServer.sql(settings).withCloseable { watcher ->
            while (!watcher.firstRow("select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'backfill' and datname = current_database()")) {
                assert System.nanoTime() < deadline
            }
        }
    }

    def "a row that is changed after it was found is written all the same: #change, #how"() {
        given: 'a lock that lets a plain look-up pass, and holds back a write'
        if (table) {
            application.execute 'lock table places in exclusive mode'
        }
        application.execute change

        when:
        def outcome = writtenWhile([place(1, 'a', 'A!'), place(2, 'b', 'B'), place(3, 'c', 'C!')])

        then:
        SinkContract.fates(outcome) == fates
        rows()*.take(3).sort { it[0] } == [[1, 'a', 'A!'], [2, 'b', 'B'], [3, 'c', 'C!']]
        rows()*.get(3).findAll() == notes

        where:
        table | change                                                                        || fates                                           | notes
        true  | "update places set note = 'seen' where external_id = 1"                       || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | ['seen']
        false | "update places set note = 'seen' where external_id = 1"                       || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | ['seen']
        true  | "update places set note = 'seen' where code = 'c'"                            || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | ['seen']
        false | "update places set note = 'seen' where code = 'c'"                            || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | ['seen']
        true  | "update places set name = 'theirs' where external_id = 2"                     || [WriteStatus.WRITTEN] * 3                              | []
        false | "update places set name = 'theirs' where external_id = 2"                     || [WriteStatus.WRITTEN] * 3                              | []
        true  | "delete from places where external_id = 1"                                    || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | []
        false | "delete from places where external_id = 1"                                    || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | []
        false | "update places set external_id = 3, note = 'theirs' where code = 'c'"         || [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]     | ['theirs']
        how = table ? 'between the two statements' : 'while the row is waited for'
    }

    def "a row that another client adds in the same moment is changed, and never taken for ours: #id"() {
        given:
        application.execute "insert into places (code, name, external_id, note) values ('d', 'theirs', 4, 'theirs')"

        when:
        def outcome = writtenWhile(records)

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN] * records.size()
        outcome.countAdded() == records.size() - 1
        rows().find { it[0] == 4 } == [4, 'd', 'D', 'theirs']

        where:
        records << [[place(4, 'd', 'D')], [place(4, 'd', 'D'), place(5, 'e', 'E')]]
        id = records*.external_id
    }

    def "two splits that pick the same row without a key: one gets it, and the other's record is added"() {
        given:
        application.execute "update places set code = 'same' where code = 'c'"
        application.execute 'alter table places drop constraint places_code_key'
        application.commit()
        def one = database.begin()
        def first = sink().write([place(3, 'same', 'one')], one)
        def second = new FutureTask<WriteResult>({ sink().write([place(4, 'same', 'other')]) })

        when:
        Thread.startDaemon { second.run() }
        waitUntilBlocked()
        one.commit()
        one.close()

        then:
        [first, second.get()].collect { SinkContract.fates(it) + it.countAdded() } == [[WriteStatus.WRITTEN, 0], [WriteStatus.WRITTEN, 1]]
        rows()*.take(3).findAll { it[1] == 'same' } == [[3, 'same', 'one'], [4, 'same', 'other']]
    }

    def "a value that another row has already is refused, as it is a mistake and no race"() {
        when:
        sink().write([place(7, 'b', 'other')])

        then:
        def failure = thrown dev.backfill.connector.RejectedFailure
        failure.message.contains('places_code_key')
    }

    def "rows of several partitions that stand at the same place are told apart"() {
        given:
        application.execute '''
            drop table places;
            create table places (external_id int, part int not null, code text, name text, unique (external_id, part)) partition by list (part);
            create table places_1 partition of places for values in (1);
            create table places_2 partition of places for values in (2);
            insert into places values (1, 1, 'a', 'old'), (1, 2, 'b', 'old'), (null, 1, 'c', 'old'), (null, 2, 'c', 'old');
        '''
        application.commit()
        def sink = MatchingSink.open(database, Upsert.of(TableName.of('places'), ['external_id', 'part'], ['code', 'name']).fallbackKey(['code']))

        when:
        def outcome = sink.write([Row.of([external_id: 1, part: 2, code: 'b', name: 'new']), Row.of([external_id: 2, part: 1, code: 'c', name: 'moved'])])

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        PostgresServer.sql(settings).withCloseable { own ->
            own.rows('select external_id, part, code, name from places order by code, part, external_id').collect { it.values().toList() }
        } == [[1, 1, 'a', 'old'], [1, 2, 'b', 'new'], [2, 1, 'c', 'moved'], [null, 2, 'c', 'old']]
    }
}
