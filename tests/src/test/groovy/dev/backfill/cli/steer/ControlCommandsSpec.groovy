package dev.backfill.cli.steer

import dev.backfill.cli.SizesBackfill
import dev.backfill.dsl.Scripts
import dev.backfill.postgres.PostgresServer
import groovy.json.JsonSlurper
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalTime
import java.time.ZoneOffset
import java.util.concurrent.CompletableFuture

/** Commands of a script that others type while it is on, or before it is. */
@Timeout(120)
class ControlCommandsSpec extends Specification {
    @Shared
    def database = PostgresServer.database()
    @Shared
    def sql = PostgresServer.sql(database)

    @TempDir
    Path folder
    String throttle = 'pause 0.0'
    String more = ''
    Map<String, String> environment = [:]

    def setup() {
        sql.execute 'drop schema if exists backfill cascade'
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
    }

    def cleanupSpec() {
        sql.close()
    }

    private Map command(String... arguments) {
        new SizesBackfill(database, folder).command(arguments as List, "throttle { $throttle }\n$more", environment)
    }

    private int sized() {
        sql.firstRow('select count(*) as n from items where size is not null').n as int
    }

    def "a backfill that somebody paused does not start until it is resumed, and says who paused it and why"() {
        when:
        def paused = command('pause', '--reason', 'the shop is slow')

        then:
        paused.code == 0
        paused.out.contains('paused; no run is in progress; it applies to the next one')

        when:
        def refused = command('run')

        then:
        refused.code == 4
        refused.out =~ /paused by \S+@\S+ at \S+ \d\d:\d\d:\d\d \S+: the shop is slow; lift it with the command resume/
        command('status').out =~ /paused by \S+@\S+ at \S+ \d\d:\d\d:\d\d \S+: the shop is slow/
        sized() == 0

        when:
        def resumed = command('resume')
        def ran = command('run')

        then:
        resumed.code == 0
        ran.code == 0
        ran.out =~ /(?m)^  time: work 100 %$/
        sized() == 25

        and:
        def history = command('status', '--history').out
        history =~ / done\n +25 read, 25 written, 0 dead letters; run \S+\n +by \S+@\S+ pid \d+\n/
        with(new JsonSlurper().parseText(command('status', '--json').out.readLines().first()) as Map) { told ->
            told.pulse.shares.values().sum() == 1.0
        }
    }

    def "#wish reaches the run of a part that is on"() {
        given: 'a part whose run is on'
        throttle = 'pause 0.5'
        def run = CompletableFuture.supplyAsync { command('run', '--from', '1', '--batch-size', '1') }
        new PollingConditions(timeout: 30, delay: 0.01).eventually {
            assert sized() > 0
        }

        when:
        def told = command(*words)
        if (wish != 'cancel') {
            command('cancel')
        }

        then:
        told.out =~ /(?m)^  the part --from 1: $said; the run of .* has confirmed it$/
        run.get().code == 4
        sized() < 25

        when: 'it is lifted, also while no run is in progress'
        throttle = 'pause 0.0'
        def refused = command('run', '--from', '1')
        def resumed = command('resume')
        def ran = command('run', '--from', '1')

        then:
        refused.code == 4
        resumed.out.contains('  the part --from 1: resumed; no run is in progress')
        ran.code == 0
        sized() == 25

        where:
        wish     | words                       || said
        'pause'  | ['pause']                   || 'paused'
        'cancel' | ['cancel']                  || 'cancelled'
        'tune'   | ['tune', '--pause', '0.25'] || 'tuned: pause 0.25 s'
    }

    def "a cancelled backfill starts again when that is lifted, or when it is to begin anew"() {
        given:
        command('run', '--limit', '10')
        command('cancel')

        expect:
        command('run').code == 4
        command('run').out.contains('cancelled by')
        command('run', '--restart').code == 0
        sized() == 25
    }

    def "who watches sees a run again and again until it ends, and history and counts with it"() {
        given:
        throttle = 'pause 0.4'
        def run = CompletableFuture.supplyAsync { command('run') }
        new PollingConditions(timeout: 30, delay: 0.01).eventually {
            assert command('status').out.startsWith('demo: running')
        }

        when:
        def watched = command('status', '--watch', '--interval', '0.1')

        then: 'as it ends with the run, it says last that nobody works on it'
        watched.code == 0
        def looks = watched.out.split('(?m)^(?=demo: )') as List
        looks.size() > 2
        looks.init().every { it.startsWith('demo: running') && it.contains('owner: ') }
        looks.last().startsWith('demo: done')
        !looks.last().contains('owner: ')
        run.get().code == 0

        and: 'without a run it tells once'
        command('status', '--watch', '--history', '--json').out.readLines().size() == 2
    }

    def "what is tuned before a start holds in it"() {
        when:
        def tuned = command('tune', '--batch-size', '5', '--pause', '0.01')
        def status = command('status').out
        def ran = command('run')

        then:
        tuned.out.contains('tuned: batch size 5, pause 0.01 s')
        status =~ /tuned: batch size 5, pause 0.01 s, by \S+@\S+/
        ran.out.contains('25 read in 6 batches') || ran.out.contains('25 read in 5 batches')
        ran.out =~ /pause 0.01 s \d+ %/
        !command('status').out.contains('tuned:')
    }

    def "a tuning that says nothing, or nonsense, is wrong use"() {
        expect:
        command('tune').code == 2
        command('tune', '--reset', '--rate', '5').code == 2
        command('tune', '--batch-size', '0').err.contains('the batch size must be at least 1')
        command('status', '--interval', '0').code == 2
    }

    def "a closed window ends the run with exit 4, and says when it opens"() {
        given:
        def later = LocalTime.now(ZoneOffset.UTC).plusHours(2)
        def hours = "${later.toString().take(5)}-${later.plusHours(1).toString().take(5)}"
        throttle = "window '$hours UTC'"

        when:
        def ran = command('run')

        then:
        ran.code == 4
        ran.out.contains("the window $hours UTC is closed until")
        command('status').out.contains('stopped')
        sized() == 0
    }

    def "a script's words for measures, questions and budgets work on a real database"() {
        given:
        throttle = '''
            nice 0.1
            requests 1000, per: 'second'
            window '00:00-12:00 UTC'
            window '12:00-24:00 UTC'
            lag db.lag()
            lag db.measure('select 0.5'), pauseAbove: 2, resumeBelow: 1
            waitWhile('many sessions') { db.sql.firstRow('select 1 > 2 as busy').busy }
            budget db.budget('items'), requests: 1000, per: 'day'
        '''

        expect:
        command('run').code == 0
        sized() == 25
        sql.firstRow("select sum(amount) as n from backfill.budgets where name = 'items'").n >= 3
    }

    def "a probe that cannot be read when the run starts is an error in the user's words"() {
        given:
        throttle = "lag db.measure('select lag from nowhere')"

        when:
        def ran = command('run')

        then:
        ran.code == 1
        ran.err.contains("measuring with 'select lag from nowhere'")
        ran.err.contains('nowhere')
        sized() == 0
    }

    def "hooks of the script and of the environment are called, and a dry run calls nobody"() {
        given:
        def told = folder.resolve('told')
        more = "hooks { command 'echo \"script: \$BACKFILL_TEXT\" >> $told', on: ['start', 'end'] }"
        environment = [BACKFILL_HOOK_END: "echo \"environment: \$BACKFILL_EVENT\" >> $told" as String,
                       BACKFILL_HOOK_FAILURE: "echo failure >> $told" as String]

        when:
        command('run', '--dry-run')

        then:
        !Files.exists(told)

        when:
        command('run')
        def lines = Files.readAllLines(told)

        then:
        lines.size() == 3
        lines[0] =~ /script: demo on \S+: begins run \S+/
        lines[1] =~ /script: demo on \S+: is done, with 0 dead letters/
        lines[2] == 'environment: end'
    }

    def "a misspelt event of a hook is told before anything runs"() {
        expect:
        new Scripts(folder).told("backfill('demo') {\n    hooks { command './x', on: 'failed' }\n}").any { it.contains("'failed' is not known here") }
    }
}
