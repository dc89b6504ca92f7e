package dev.backfill.matrix.process

import dev.backfill.fault.FullCheck
import dev.backfill.matrix.Stages
import dev.backfill.matrix.world.Refusing
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.process.OwnProcess
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Real processes, killed at any instant. */
@Timeout(600)
class KilledProcessSpec extends Specification {
    static final int KILLS = FullCheck.asked ? 5 : 1

    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared Random random = new Random(Stages.CHANCE)
    @TempDir
    Path folder

    def setupSpec() {
        setup()
        OwnProcess.example(RunMain, ['postgres', settings.port() as String, settings.database(), '1'])
    }

    def setup() {
        application.execute 'drop schema if exists backfill cascade'
        application.execute 'drop table if exists points'
        application.execute 'create table points (point int, id text)'
    }

    /** Lets it live until it has told of so many records, and some instant more. */
    private void kill(List<String> place, int records) {
        def process = RunMain.start(place)
        def told = process.inputReader()
        def line = told.readLine()
        while (line != null && !(line.startsWith('saved') && (line - 'saved ' as int) >= records)) {
            assert line.startsWith('saved') || line == 'done' || line =~ /WARN|INFO/: line
            line = told.readLine()
        }
        process.waitFor(random.nextInt(5_000_000), TimeUnit.NANOSECONDS)
        process.destroyForcibly().waitFor()
    }

    private static void finish(List<String> place) {
        def process = RunMain.start(place)
        def told = process.inputReader().readLines()
        process.waitFor()
        assert told[-1] == 'done'
        assert process.exitValue() == 0
    }

    private void killedAgainAndAgain(List<String> place) {
        (1..KILLS).collect { random.nextInt(RunMain.RECORDS) }.sort().each { kill(place, it) }
        finish(place)
    }

    def "killed again and again, a file has every line once (#round)"() {
        given:
        println Stages.told()

        when:
        killedAgainAndAgain(['file', folder as String, '1'])
        def lines = Files.readAllLines(folder.resolve('whole'))

        then:
        lines == (1..RunMain.RECORDS).collect { "p$it" as String }

        where:
        round << (1..(FullCheck.asked ? 5 : 1))
    }

    def "killed again and again, a table without a unique key has every row once (#round)"() {
        when:
        killedAgainAndAgain(['postgres', settings.port() as String, settings.database(), splits as String])

        then:
        application.firstRow('select count(*) as rows, count(distinct id) as keys from points').values().toList() ==
            [RunMain.ROWS, RunMain.ROWS]
        application.firstRow('select count(*) as letters from backfill.dead_letters').letters == Refusing.REFUSED.size()
        application.firstRow("select count(*) as open from backfill.splits where state <> 'DONE'").open == 0

        where:
        round << (1..(FullCheck.asked ? 5 : 1))
        splits = round % 2 ? 1 : 3
    }
}
