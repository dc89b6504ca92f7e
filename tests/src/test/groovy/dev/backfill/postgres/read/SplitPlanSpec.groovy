package dev.backfill.postgres.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.SourceContract
import dev.backfill.connector.Split
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class SplitPlanSpec extends Specification {
    private static final Map<String, String> TABLES = [
        'bigint without gaps'   : "select n::bigint as id from generate_series(1, 20000) n",
        'bigint, far apart at the end': "select case when n <= 19000 then n::bigint else n::bigint * 1000000000 end as id from generate_series(1, 20000) n",
        'text of many forms'    : "select case when n % 3 = 0 then 'SKU-' || lpad(n::text, 8, '0') when n % 3 = 1 then md5(n::text) else 'Ä ' || n end collate \"de-x-icu\" as id from generate_series(1, 20000) n",
        'uuid'                  : "select md5(n::text)::uuid as id from generate_series(1, 20000) n",
    ]

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    KeysetSource table(String rows, List<String> key = ['id'], List<String> conditions = []) {
        application.execute 'drop table if exists items'
        application.execute "create table items as $rows".toString()
        application.execute "alter table items add primary key (${key.join(', ')})".toString()
        application.execute 'analyze items'
        KeysetSource.open(database, TableName.of('items'), key, key, conditions)
    }

    static List<Integer> sizes(KeysetSource source, List<Split> splits) {
        splits.collect { split -> SourceContract.walk(source, 3000, split).collectMany { it.rows() }.size() }
    }

    static boolean gapless(List<Split> splits) {
        splits.size() < 2 || (1..<splits.size()).every { splits[it - 1].upTo().get() == splits[it].after() }
    }

    def "ranges have as many rows each, however the keys are spread: #name"() {
        given:
        def source = table(TABLES[name])

        when:
        def splits = source.splits(8)
        def sizes = sizes(source, splits)

        then:
        splits*.ordinal() == (0..7).toList()
        gapless(splits)
        splits[0].after().atStart()
        sizes.sum() == 20_000
        sizes.every { it == 2500 }
        splits*.rows()*.asLong.sum() == 20_000

        where:
        name << TABLES.keySet()
    }

    def "keys of several columns are divided inside the first one too"() {
        given:
        def source = table("select n % 2 as tenant, n::text as name from generate_series(1, 10000) n", ['tenant', 'name'])

        when:
        def splits = source.splits(5)

        then:
        gapless(splits)
        sizes(source, splits) == [2000] * 5
    }

    def "a large table is divided by a sample of it, and no range is much larger than another"() {
        given: 'three quarters of the rows in a thousandth of the span'
        def source = table("select case when n <= 450000 then n::bigint else n::bigint * 10000 end as id from generate_series(1, 600000) n")

        when:
        def splits = source.splits(6)
        def sizes = splits.collect { split ->
            def low = split.after().atStart() ? 0 : split.after().text() as long
            application.firstRow("select count(*) from items where id > $low and id <= ${split.upTo().get().text() as long}")[0] as int
        }

        then:
        gapless(splits)
        splits.size() == 6
        sizes.sum() == 600_000
        sizes.every { it > 80_000 && it < 120_000 }
    }

    def "only rows that fulfil the conditions count"() {
        given:
        def source = table("select n::bigint as id from generate_series(1, 20000) n", ['id'], ['id > 10000 or id % 10 = 0'])

        expect:
        sizes(source, source.splits(4)) == [2750] * 4
    }

    def "fewer rows than ranges wanted make fewer ranges, none of them without rows"() {
        given:
        def source = table("select n::bigint as id from generate_series(1, $rows) n")

        expect:
        source.splits(8).size() == ranges
        sizes(source, source.splits(8)).sum() == rows

        where:
        rows || ranges
        0    || 1
        1    || 1
        3    || 3
        8    || 8
    }

    def "what is left of a range is divided where it was left"() {
        given:
        def source = table("select md5(n::text) as id from generate_series(1, 9000) n")
        def whole = source.splits(1).first()
        def left = source.read(whole, whole.after(), 3000).next()

        when:
        def splits = source.split(whole, left, 3)

        then:
        splits[0].after() == left
        splits.last().upTo() == whole.upTo()
        gapless(splits)
        sizes(source, splits) == [2000] * 3
    }

    def "rows that came after the planning belong to no range"() {
        given:
        def source = table("select n::bigint as id from generate_series(1, 900) n")
        def splits = source.splits(3)

        when:
        application.execute 'insert into items select n from generate_series(1001, 1100) n'

        then:
        sizes(source, splits) == [300] * 3
        splits.last().upTo().get() == Cursor.after('900')
    }
}
