package dev.backfill.postgres.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class MatchingSinkSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def setup() {
        sql.execute '''
            drop table if exists places;
            create table places (id serial primary key, code text not null unique, name text, external_id bigint,
                source text not null default 'relbase', updated_at timestamptz not null default '2020-01-01Z');
            create unique index on places (external_id, source) where external_id is not null;
        '''
    }

    private MatchingSink sink() {
        MatchingSink.open(database, Upsert.of(TableName.of('places'), ['external_id', 'source'], ['code', 'name'])
                .touching(['updated_at']).fallbackKey(['name', 'code']).suffixDuplicates('code'))
    }

    private static Row place(Number id, String code, String name) {
        Row.of([external_id: id, source: 'relbase', code: code, name: name])
    }

    private List<List<Object>> rows() {
        sql.rows('select id, external_id, code, name from places order by id').collect { it.values().toList() }
    }

    private static List<String> told(WriteResult outcome) {
        def added = outcome.countAdded()
        (0..<outcome.size()).collect { outcome.status(it).name() } + ["$added added" as String]
    }

    def "rows are found by their key, else by name or code among those that have no key yet, else added"() {
        given:
        sql.execute "insert into places (code, name, external_id) values ('a', 'A', 1), ('old', 'By name', null), ('by_code', 'Other name', null), ('hand', 'Hand', null)"

        when:
        def outcome = sink().write([place(1, 'a', 'A!'), place(2, 'by_name', 'By name'), place(3, 'by_code', 'By code'), place(4, 'new', 'New')])

        then:
        told(outcome) == ['WRITTEN', 'WRITTEN', 'WRITTEN', 'WRITTEN', '1 added']
        rows() == [[1, 1, 'a', 'A!'], [2, 2, 'by_name', 'By name'], [3, 3, 'by_code', 'By code'], [4, null, 'hand', 'Hand'], [5, 4, 'new', 'New']]
    }

    def "written again, nothing changes"() {
        given:
        def records = [place(10, 'same', 'Same 10'), place(9, 'same', 'Same 9'), place(11, 'other', 'Other')]
        sink().write(records)
        def before = sql.rows('select * from places order by id')*.toString()

        when:
        def outcome = sink().write(records)

        then:
        told(outcome) == ['UNCHANGED', 'UNCHANGED', 'UNCHANGED', '0 added']
        sql.rows('select * from places order by id')*.toString() == before
    }

    def "equal codes get letters by ascending key, and never take another row's"() {
        given:
        sql.execute "insert into places (code, name, external_id, source) values ('same', 'From elsewhere', 5, 'shop'), ('same_c', 'Hand', null, 'relbase')"

        when:
        sink().write([place(10, 'same', 'Ten'), place(9, 'same', 'Nine'), place(100, 'same', 'Hundred')])

        then:
        sql.rows("select external_id, code from places where source = 'relbase' and external_id is not null order by 1").collect { [it[0], it[1]] } ==
                [[9, 'same_b'], [10, 'same_d'], [100, 'same_e']]
    }

    def "a row whose code is free keeps it, whoever comes later"() {
        given:
        sink().write([place(10, 'same', 'Ten')])

        when:
        sink().write([place(9, 'same', 'Nine'), place(10, 'same', 'Ten')])

        then:
        sql.rows('select external_id, code from places order by 1').collect { [it[0], it[1]] } == [[9, 'same_b'], [10, 'same']]
    }

    def "only a row that changes is touched"() {
        given:
        sink().write([place(1, 'a', 'A'), place(2, 'b', 'B')])
        sql.execute "update places set updated_at = '2020-01-01Z'"

        when:
        sink().write([place(1, 'a', 'A'), place(2, 'b', 'B!')])

        then:
        sql.rows("select external_id from places where updated_at > '2021-01-01Z'")*.external_id == [2]
    }

    def "a look tells the same and changes nothing"() {
        given:
        sql.execute "insert into places (code, name, external_id) values ('a', 'A', 1), ('b', 'B', null)"
        def before = rows()

        when:
        def outcome = sink().preview([place(1, 'a', 'A'), place(2, 'b', 'B'), place(3, 'c', 'C')])

        then:
        told(outcome) == ['UNCHANGED', 'WRITTEN', 'WRITTEN', '1 added']
        sink().held([place(2, 'b', 'B'), place(3, 'c', 'C')]) == [[external_id: null, source: 'relbase', code: 'b', name: 'B'], null]
        rows() == before
    }

    def "a record without a key is refused alone"() {
        expect:
        sink().write([place(null, 'a', 'A'), place(1, 'b', 'B')]).status(0) == WriteStatus.REJECTED
        rows()*.get(1) == [1]
    }
}
