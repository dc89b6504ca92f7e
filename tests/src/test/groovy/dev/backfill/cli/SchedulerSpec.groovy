package dev.backfill.cli

import dev.backfill.control.RunHistory
import dev.backfill.control.RunRecord
import dev.backfill.file.FileStore
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path
import java.time.Clock
import java.time.Instant

/** What a scheduler types every night, and what the one who looks the next morning is shown. */
class SchedulerSpec extends Specification {
    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)

    @TempDir
    Path folder

    SizesBackfill sizes

    def setup() {
        sizes = new SizesBackfill(database, folder)
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
    }

    private Map command(String... words) {
        sizes.command(words as List)
    }

    private int sized() {
        sql.firstRow('select count(size) as n from items').n as int
    }

    def "one command begins, continues what is not done, and begins again when it is done"() {
        when: 'the first night begins and is cut short'
        def first = command('--restart-when-done', '--limit', '10')

        then:
        first.code == 4
        first.out =~ /resume with: .* --restart-when-done/
        sized() == 10

        when: 'the second night continues: the rows before are not read again'
        sql.execute 'update items set size = null'
        def second = command('run', '--restart-when-done')

        then:
        second.code == 0
        sized() == 15

        when: 'the third begins again'
        def planned = command('plan', '--restart-when-done')
        def third = command('--restart-when-done')

        then:
        planned.out.contains('a new run begins') || planned.out.contains('restart')
        !planned.out.contains('is done: nothing to do')
        third.code == 0
        sized() == 25
        command('run').out.contains('nothing to do')
    }

    def "an attempt that was killed is not shown as running"() {
        given:
        command('--limit', '10')
        def store = new FileStore(folder.resolve('checkpoints/demo.json'), Clock.systemUTC())
        new RunHistory(store).put(RunRecord.begun('20260101-000000-dead', 'ops@gone pid 7', Instant.now()))

        when:
        def told = command('status', '--history')

        then:
        told.out =~ / broken off: it was killed or lost\n +run \S+\n +by ops@gone pid 7\n/
        !told.out.contains('running\n')
        command('status', '--history', '--json').out.contains('"outcome":"broken off: it was killed or lost"')
    }

    def "status says how much of what is expected was read, and in how many batches"() {
        given:
        command('--limit', '10')

        expect:
        command('status').out.readLines()[2..4] == ['Phases', '  phase  state                             done  read  of about  rate  time left  batches',
                                                    '  sizes  unfinished  ########............  40 %    10        25                         1']
    }

    def "a run that is held names the command that lifts it before the one that continues it"() {
        given:
        command('--limit', '10')
        command(wish)

        when:
        def refused = command('run')

        then:
        refused.code == 4
        refused.out =~ /resume with: jbang run \S+ resume\nthen:        jbang run \S+/

        where:
        wish << ['cancel', 'pause']
    }
}
