package dev.backfill.cli

import com.sun.net.httpserver.HttpServer
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.control.LiveStatus
import dev.backfill.control.LiveStatusStore
import dev.backfill.control.ControlStateStore
import dev.backfill.dsl.Launch
import dev.backfill.dsl.Scripts
import dev.backfill.fault.FullCheck
import dev.backfill.postgres.PostgresServer
import dev.backfill.run.OpenResources
import dev.backfill.scripts.ScriptMain
import groovy.json.JsonOutput
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit

/**
 * A run in a process of its own that waits for hours, and commands from other processes of somebody else, which know its script
 * and its checkpoint in a database alone.
 */
@Timeout(300)
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
class SecondProcessSpec extends Specification {
    private static final Duration SOON = Duration.ofSeconds(2)

    @Shared database = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(database)
    @AutoCleanup('stop0') def service = new Busy()
    @TempDir Path folder
    Path script
    Process run
    @AutoCleanup OpenResources resources = new OpenResources(2)

    /** Gives a first page of ten items, and asks whoever wants the next one to come back in hours, while it is busy. */
    static class Busy {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        volatile int asked
        volatile boolean busy = true

        Busy() {
            http.createContext('/') { exchange ->
                def page = exchange.requestURI.query.find(/(?:^|&)page=(\d+)/) { it[1] }.toInteger()
                def refuses = page > 1 && busy
                asked += refuses ? 1 : 0
                def items = page > 2 ? [] : (1..10).collect { [id: (page - 1) * 10 + it, label: 'x' * it] }
                def body = refuses ? '{}'.bytes : JsonOutput.toJson([items: items]).bytes
                if (refuses) {
                    exchange.responseHeaders.set('Retry-After', '900')
                }
                exchange.sendResponseHeaders(refuses ? 429 : 200, body.length)
                exchange.responseBody.write(body)
                exchange.close()
            }
            http.start()
        }

        void stop0() { http.stop(0) }
    }

    def setup() {
        sql.execute 'drop schema if exists backfill cascade'
        sql.execute 'drop table if exists items, health'
        sql.execute 'create table items (id bigint primary key, label text, size bigint)'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 95) n"
        sql.execute 'create table health (lag numeric)'
        sql.execute 'insert into health values (9)'
    }

    def setupSpec() {
        ScriptMain.example(Path.of('..', 'scripts', 'inventory-fields.groovy'), ['--help'])
    }

    def cleanup() {
        run?.destroyForcibly()?.waitFor()
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host, DB_PORT: "$database.port" as String, DB_DATABASE: database.database, DB_USER: database.user,
         DB_PASSWORD: database.password.reveal(), SERVICE: "http://127.0.0.1:$service.http.address.port" as String]
    }

    private Process process(String user, String log, String... arguments) {
        ScriptMain.start(script, arguments as List, variables(), folder.resolve(log).toFile(), "-Duser.name=$user")
    }

    /** What somebody else's command says. */
    private String command(String... arguments) {
        def other = process('anna', 'other', arguments)
        def ended = other.waitFor(60, TimeUnit.SECONDS)
        def said = folder.resolve('other').toFile().text
        assert ended && other.exitValue() == 0: said
        said
    }

    private void start(String throttle, String source, String waitsFor) {
        script = new Scripts(folder).write("""backfill('demo') {
            about 'writes the size of every label'
            def db    = postgres()
            def items = db.table('items').key('id')
            def busy  = http(env('SERVICE')) { pages { byPage 10 } }
            checkpoint db
            batch      10
            throttle   { $throttle }
            phase('sizes') {
                newRows handledBy: 'nobody'
                source    $source
                transform { i -> [id: i.id, size: i.label.size()] }
                sink      items.update('size')
            }
        }
        """)
        run = process('night', 'run', 'run')
        def store = store()
        new PollingConditions(timeout: 60, delay: 0.1).eventually {
            assert !run.alive || new LiveStatusStore(store).read().flatMap { it.held() }.orElse('').startsWith(waitsFor)
        }
        assert run.alive: folder.resolve('run').toFile().text
    }

    private CheckpointStore store() {
        Launch.load(script, [], variables()).backfill().store().get().open(resources, 'demo')
    }

    private LiveStatus pulse() {
        new LiveStatusStore(store()).read().get()
    }

    /** From the wish to the run's answer to it, by the clock of the machine that both are on. */
    private Duration answeredIn() {
        def wishes = new ControlStateStore(store()).read()
        def at = [wishes.pause(), wishes.cancel(), wishes.tuned()].findAll { it.present }*.get()*.at().max()
        assert pulse().answered() == wishes.number()
        Duration.between(at, pulse().at())
    }

    private int sized() {
        sql.firstRow('select count(*) as n from items where size is not null').n as int
    }

    def "in the midst of #wait a pause holds within two seconds, also when that wait is over, until somebody resumes"() {
        given:
        start(throttle, source, waitsFor)
        def before = sized()

        when:
        def said = command('pause', '--reason', 'the shop is slow')

        then:
        said.contains('demo: paused; the run of night@')
        said.contains('has confirmed it')
        answeredIn() <= SOON
        command('status') =~ /paused by anna@\S+ at \S+ \d\d:\d\d:\d\d \S+: the shop is slow/

        when: 'the wait is over'
        sql.execute 'update health set lag = 0'
        said = command('tune', '--pause', '0')

        then:
        said.contains('has confirmed it')
        answeredIn() <= SOON
        sized() == before
        run.alive

        when:
        command('resume')

        then:
        run.waitFor(60, TimeUnit.SECONDS)
        run.exitValue() == 0
        sized() == 95

        where:
        wait           | throttle                                          | source                         | waitsFor
        'a long pause' | 'pause 36000'                                     | "items.select('id', 'label')"  | 'pause 36000 s'
        'a lag'        | "lag db.measure('select lag from health')"        | "items.select('id', 'label')"  | 'the measure'
    }

    def "in the midst of a wait that a server asked for, pause and tune are heard within two seconds, and cancel ends it"() {
        given:
        start('pause 0', "busy.get('/items').items('items')", 'waiting for retries')

        when:
        def paused = command('pause')

        then:
        paused.contains('has confirmed it')
        answeredIn() <= SOON

        when:
        def tuned = command('tune', '--batch-size', '30')

        then:
        tuned.contains('has confirmed it')
        answeredIn() <= SOON
        pulse().batch() == 30
        service.asked == 1

        when:
        command('cancel')

        then: 'long before the two hours are over'
        run.waitFor(60, TimeUnit.SECONDS)
        run.exitValue() == 4
        folder.resolve('run').toFile().text.contains('cancelled, with the checkpoint saved')
        sized() <= 10

        when: 'the server is not busy any more'
        service.busy = false
        command('resume')
        run = process('night', 'run', 'run')

        then:
        run.waitFor(60, TimeUnit.SECONDS)
        run.exitValue() == 0
        folder.resolve('run').toFile().text.contains('20 read')
        sized() == 20
    }

    def "in the midst of #wait what is tuned is followed within two seconds"() {
        given:
        start(throttle, "items.select('id', 'label')", waitsFor)

        when:
        command('tune', '--batch-size', '40')

        then:
        answeredIn() <= SOON
        pulse().batch() == 40

        when:
        sql.execute 'update health set lag = 0'
        command('tune', '--pause', '0')

        then: 'ten records in the first batch, then forty each'
        run.waitFor(60, TimeUnit.SECONDS)
        run.exitValue() == 0
        folder.resolve('run').toFile().text =~ /95 read in [34] batches/

        where:
        wait           | throttle                                   | waitsFor
        'a long pause' | 'pause 36000'                              | 'pause 36000 s'
        'a lag'        | "lag db.measure('select lag from health')" | 'the measure'
    }
}
