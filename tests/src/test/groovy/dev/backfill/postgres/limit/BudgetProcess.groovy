package dev.backfill.postgres.limit

import dev.backfill.connector.Budget
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.run.OpenResources
import dev.backfill.time.StopSignal
import dev.backfill.time.SystemTime
import dev.backfill.time.Waiter
import groovy.sql.Sql

import java.nio.file.Path
import java.time.Duration

/**
 * A process of its own that calls as fast as a budget of 60 a second lets it: database, port, when to begin by the database's
 * clock, and for how many seconds. A call is a row that the database dates when it comes.
 */
class BudgetProcess {
    static final String CALLS = 'create table calls (process bigint, at bigint default extract(epoch from clock_timestamp()) * 1000000)'
    private static final Waiter WAITER = new Waiter(new SystemTime(), new StopSignal())

    /** Runs two of them to their end. */
    static void two(ConnectionSettings settings, long start, int seconds) {
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java') as String, '-XX:TieredStopAtLevel=1', '-cp',
            System.getProperty('java.class.path'), BudgetProcess.name, settings.database(), settings.port() as String, start as String, seconds as String]
        def logs = (1..2).collect { File.createTempFile('budget', '.log') }
        def processes = logs.collect { new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(it).start() }
        assert processes*.waitFor() == [0, 0]: logs*.text.join('\n')
        logs*.delete()
    }

    static void main(String[] arguments) {
        def settings = PostgresServer.settings(arguments[0], '127.0.0.1', arguments[1] as int)
        def resources = new OpenResources(2)
        def server = PostgresServer.sql(settings)
        def budget = { String name, long most -> new PostgresBudgetDefinition(settings, name).open(resources, most, Duration.ofSeconds(1)) }
        call(budget('warm', 1_000), server, 1)
        def start = arguments[2] as long
        server.execute 'delete from calls where process = pg_backend_pid()'
        def left = start - (server.firstRow('select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now').now as long)
        assert left > 0: 'this machine was too slow to be ready in time'
        WAITER.pause(Duration.ofNanos(left * 1_000))
        call(budget('etsy', 60), server, arguments[3] as int)
        System.exit(0)
    }

    private static void call(Budget budget, Sql server, int seconds) {
        def end = System.nanoTime() + seconds * 1_000_000_000L
        while (System.nanoTime() < end) {
            def wait = budget.reserve(1)
            if (wait.zero) {
                server.execute 'insert into calls (process) values (pg_backend_pid())'
            } else {
                WAITER.pause(wait)
            }
        }
    }
}
