package dev.backfill.matrix.process

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.fault.FullCheck
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** A process that stands still for longer than its lease lasts, and comes back when another has done its work. */
@Timeout(300)
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
class StoppedProcessSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    List<String> place = ['postgres', settings.port() as String, settings.database(), '1']

    private static void signal(Process process, String name) {
        assert ['kill', "-$name", process.pid() as String].execute().waitFor() == 0
    }

    private boolean holds(CheckpointStore store) {
        store.read().holder().map { !it.expired() }.orElse(false)
    }

    def "what it had under way is refused, and what the other did stays as it is"() {
        given:
        application.execute 'create table points (point int, id text)'
        def store = new PostgresStore(database, 'killed')
        def first = RunMain.start(place)
        def told = first.inputReader()
        assert told.lines().anyMatch { it.startsWith('saved 4') }

        when: 'it stands still, and its lease runs out'
        signal(first, 'STOP')
        while (holds(store)) { LockSupport.parkNanos(200_000_000) }
        def second = RunMain.start(place)
        def end = second.inputReader().readLines()[-1]
        signal(first, 'CONT')

        then:
        end == 'done'
        first.waitFor(60, TimeUnit.SECONDS)
        first.exitValue() == 6
        application.firstRow('select count(*) as rows, count(distinct id) as keys from points').values().toList() ==
            [RunMain.ROWS, RunMain.ROWS]

        cleanup:
        first?.destroyForcibly()
    }
}
