package dev.backfill.cli

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Scope
import dev.backfill.control.PartList
import dev.backfill.postgres.PostgresServer
import dev.backfill.run.Extent
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** A run of some records finds its own checkpoint, and never that of other records. */
class ScopedRunSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    SizesBackfill sizes

    def setup() {
        sizes = new SizesBackfill(database, folder)
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 100) n"
    }

    private Map keys(List<Integer> keys, String... more) {
        def file = Files.writeString(folder.resolve("${keys.join('-')}.txt"), keys.join('\n'))
        sizes.command(['--keys', file.toString(), *more])
    }

    private List<Long> written() {
        sql.rows('select id from items where size is not null order by id')*.id
    }

    def "keys whose lists have the same 32-bit hash are different runs"() {
        expect:
        ['10', '41'].hashCode() == ['11', '31'].hashCode()

        when:
        def first = keys([10, 41])
        def second = keys([11, 31])

        then:
        [first.code, second.code] == [0, 0]
        written() == [10, 11, 31, 41]
    }

    def "a scoped run that is done says what it did and when, and --restart does it again"() {
        given:
        keys([10, 41])
        sql.execute 'update items set size = null'

        when:
        def again = keys([10, 41])

        then:
        again.code == 0
        again.out =~ /demo: nothing to do: --keys \S+10-41.txt was done by run \S+ at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|[+-]\d\d:\d\d); --restart does it again\n/
        again.out.contains('  sizes: 2 read')
        again.out.contains('2 written')
        written() == []

        when:
        def restarted = keys([10, 41], '--restart')

        then:
        restarted.code == 0
        written() == [10, 41]
    }

    def "a whole run that is done says when"() {
        given:
        sizes.command([])

        expect:
        sizes.command([]).out =~ /demo: nothing to do: run \S+ was done at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|[+-]\d\d:\d\d); --restart begins again\n/
    }

    def "keys that are not there are counted"() {
        when:
        def told = keys([10, 1041, 1042])

        then:
        told.code == 0
        told.err.contains('sizes: 2 of 3 keys were not found in the source')
        !keys([11, 12]).err.contains('not found')
    }

    def "a scoped run is not continued on another database: #scope"() {
        given:
        def keys = Files.writeString(folder.resolve('some.txt'), (1..30).join('\n')).toString()
        def words = scope.split(' ').collect { it == 'KEYS' ? keys : it }
        def elsewhere = PostgresServer.database()
        def other = PostgresServer.sql(elsewhere)
        other.execute 'create table items (id bigint primary key, label text, size bigint)'
        other.execute "insert into items select n, 'label ' || n from generate_series(1, 100) n"

        when:
        def begun = sizes.command([*words, '--limit', '7'])
        def continued = new SizesBackfill(elsewhere, folder).command(words as List)

        then:
        begun.code == 4
        continued.code == 2
        continued.err.contains("the source of phase 'sizes' has changed")
        other.firstRow('select count(size) as n from items').n == 0

        and: 'plan says so, too'
        new SizesBackfill(elsewhere, folder).command(['plan', *words]).out.contains("the source of phase 'sizes' has changed")

        cleanup:
        other?.close()

        where:
        scope << ['--keys KEYS', '--from 2', '--to 50', "--where id<40", '--phase sizes']
    }

    def "every two scopes have different names and descriptions, and the same scope always the same"() {
        given: 'texts and lists that a 32-bit hash takes for the same, and values that one option could take for another'
        def texts = ['Aa', 'BB', '', 'null', 'a,b', 'a","to":"b']
        def scopes = [[null, *texts], [null, *texts], [null, *texts], [null, *texts],
                      [null, ['10', '41'], ['11', '31'], ['41', '10'], ['1041'], ['Aa'], ['BB'], ['a', 'b'], ['a,b']]]
                .combinations()
                .findAll { phase, from, to, where, keys -> keys == null || [from, to, where].every { it == null } }

        when:
        def extents = scopes.collect { extent(*it) }

        then:
        extents*.name().toSet().size() == scopes.size()
        extents*.description().toSet().size() == scopes.size()
        extents*.name() == scopes.collect { extent(*it) }*.name()
        extents*.name().every { it ==~ /[0-9a-f]{64}/ }
        extents*.description()*.length().max() < 300
    }

    private static Extent extent(String phase, String from, String to, String where, List<String> keys) {
        new Extent(Optional.ofNullable(phase), new Scope(Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(where)),
                Optional.ofNullable(keys), OptionalLong.empty(), Optional.empty())
    }

    def "a name that belongs to other records is refused, whatever made it"() {
        given:
        def list = new PartList(new MemoryStore())
        list.add(new PartList.Part('n', '--keys a.txt', 'these'))
        list.add(new PartList.Part('n', '--keys copy-of-a.txt', 'these'))

        when:
        list.add(new PartList.Part('n', '--keys b.txt', 'those'))

        then:
        def refused = thrown(FatalFailure)
        refused.message == 'looking for the checkpoint of --keys b.txt: its name, n, belongs to the checkpoint of --keys a.txt, which chose other records; ask for them in two runs'
        list.read()*.asked() == ['--keys a.txt']
    }
}
