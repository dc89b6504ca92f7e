package dev.backfill.scripts

import com.mongodb.client.MongoClients
import dev.backfill.fault.FullCheck
import dev.backfill.fault.Toxiproxy
import groovy.json.JsonOutput
import org.bson.Document
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.locks.LockSupport

/** The real script over a line to one of its servers that is bad for a while, in the middle of the run. */
@Timeout(900)
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
@Requires(value = { Toxiproxy.program() }, reason = Toxiproxy.HOW)
class BadLineSpec extends Specification {
    static final long LONGEST = 120_000
    /** Longer than MongoDB and search may take for an answer. */
    static final long SILENCE = 11_000

    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(2_000)
    @Shared @AutoCleanup Toxiproxy proxy = Toxiproxy.start()
    @Shared @AutoCleanup('shutdownNow') threads = Executors.newCachedThreadPool()
    @Shared Map<String, String> ways
    @Shared List<Object> right

    def setupSpec() {
        def real = sandbox.variables()
        def mongo = URI.create(real.MONGO_URI)
        ways = [
            DB_PORT: proxy.way('PostgreSQL', real.DB_PORT as int) as String,
            MONGO_URI: real.MONGO_URI.replace(":$mongo.port", ":${proxy.way('MongoDB', mongo.port)}"),
            TYPESENSE_PORT: proxy.way('search', real.TYPESENSE_PORT as int) as String,
        ]
        assert sandbox.run() == 0
        right = data()
    }

    private List<Object> data() {
        [sandbox.products(), sandbox.documents()]
    }

    /** Products, their documents and the checkpoint as they were before any run. */
    private void forget() {
        sandbox.sql { it.execute('update products set deleted_at = null where deleted_at = 0') }
        def mine = sandbox.documents().keySet().findAll { !it.startsWith('gone-') }
        sandbox.update(mine.collect { JsonOutput.toJson([id: it, created_at: null, deleted_at: null]) }.join('\n'))
        MongoClients.create(sandbox.mongodb().get().uri()).withCloseable {
            it.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint').deleteMany(new Document())
        }
        assert data() != right
    }

    private goThrough() {
        sandbox.tell(['run'], ways + [BATCH_SIZE: '50', SLEEP_BETWEEN_BATCHES: '0.05'])
    }

    private static boolean ended(future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS)
            true
        } catch (TimeoutException ignored) {
            false
        }
    }

    private void spoil(String way, String fault, Map<String, Integer> attributes, Closure<?> meanwhile) {
        fault == 'cut' ? proxy.open(way, false) : proxy.add(way, fault, attributes)
        meanwhile()
        fault == 'cut' ? proxy.open(way, true) : proxy.mend(way, fault)
    }

    def "#fault between the run and #server: it ends well, or says why not and goes on afterwards"() {
        given:
        forget()
        def running = threads.submit({ goThrough() } as Callable)

        when:
        while (!running.done && ((sandbox.checkpoint()?.total_processed ?: 0) as long) < 200) { LockSupport.parkNanos(10_000_000) }
        def midway = !running.done
        spoil(server, fault, attributes) { ended(running, millis) }
        def inTime = ended(running, LONGEST)

        then:
        midway
        inTime

        when:
        def told = running.get() as InventorySandbox.Told
        println "BadLineSpec: $fault at $server: exit $told.code"
        def again = told.code == 0 ? 0 : goThrough().code

        then:
        told.code in [0, 1]
        told.code == 0 || told.err
        !told.err.contains('\tat ')
        again == 0
        data() == right

        where:
        [server, [fault, attributes, millis]] << [
            ['PostgreSQL', 'MongoDB', 'search'],
            [['latency', [latency: 200, jitter: 100], 3_000],
             ['cut', [:], 2_000],
             ['reset_peer', [timeout: 0], 2_000],
             ['timeout', [timeout: 0], SILENCE],
             ['slow_close', [delay: 1_000], 2_000]],
        ].combinations()
    }
}
