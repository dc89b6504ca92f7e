package dev.backfill.matrix.process

import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.connector.Resources
import dev.backfill.connector.Sink
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.file.FileStore
import dev.backfill.matrix.world.PostgresTable
import dev.backfill.matrix.world.Refusing
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.retry.RetryPolicy
import dev.backfill.process.OwnProcess
import dev.backfill.run.Concurrency
import dev.backfill.run.RunContext
import dev.backfill.run.OpenResources
import dev.backfill.run.OwnedException
import dev.backfill.run.Progress
import dev.backfill.run.RunOptions
import dev.backfill.run.ThisMachine
import dev.backfill.time.StopSignal
import dev.backfill.time.SystemTime

import java.nio.file.Path
import java.time.Clock
import java.time.Duration

/** A small backfill as a process of its own: tells each save, and at the end "done" or how it failed. */
class RunMain {
    static final int RECORDS = 3_000
    static final int BATCH = 20
    /** Without those that the table refuses. */
    static final int ROWS = RECORDS - Refusing.REFUSED.size()

    /** Where it works: "file" and a folder, or "postgres" with a port and a database; then how many splits at once. */
    static void main(String[] place) {
        try {
            new OpenResources(10, false).withCloseable { place[0] == 'file' ? inFiles(it, place) : inPostgres(it, place) }
            println 'done'
        } catch (LeaseLostException | OwnedException e) {
            println "lost: $e.message"
            System.exit(6)
        }
        System.exit(0)
    }

    private static void inFiles(OpenResources resources, String... place) {
        def folder = Path.of(place[1])
        run(resources, new FileStore(folder.resolve('checkpoint.json'), Clock.systemUTC()), new LineFile(folder.resolve('lines')), place[2])
    }

    private static void inPostgres(OpenResources resources, String... place) {
        def database = resources.owned(PostgresDatabase.open(PostgresServer.settings(place[2], '127.0.0.1', place[1] as int), 10))
        run(resources, new PostgresStore(database, 'killed'), new PostgresTable(database, null, 1), place[3])
    }

    private static void run(OpenResources resources, store, Sink sink, String splits) {
        def listener = new Listening() {
            @Override
            void saved(Progress progress) { println "saved ${progress.state().phases()[0].read()}" }
        }
        def time = new SystemTime()
        def conditions = new RunContext(time, new StopSignal(), new Random(), new ThisMachine().owner(time.now()), RetryPolicy.STANDARD, listener)
        def into = [open: { Resources each -> sink }, title: { -> 'a target' }] as SinkDefinition
        def source = new ListSource('id', Plans.products(RECORDS), true)
        def rate = new ThrottleRule.Rate(6_000, Duration.ofSeconds(1))
        new Runner(Plans.plan([batch: BATCH, throttle: [rate]], [Plans.phase(source, [], into)]),
            RunOptions.standard().with(new Concurrency(splits as int, 4)), conditions, new ThisMachine()).run(resources, store)
    }

    /** Starts it; it is read line by line. */
    static Process start(List<String> place) {
        OwnProcess.of(RunMain, place).redirectErrorStream(true).start()
    }
}
