package dev.backfill.scripts

import dev.backfill.fault.FullCheck
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** Search has no transaction that could refuse a late import, so the damage is bounded and found. */
@Timeout(600)
@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
class LateImportSpec extends Specification {
    static final long DELETED_AT = 1_790_000_000L
    static final int BATCH = 100
    static final int WINDOW = 4

    @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(3_000)
    @TempDir Path folder

    private final CountDownLatch held = new CountDownLatch(1)
    private final CountDownLatch released = new CountDownLatch(1)
    private int imports

    /** Lets three batches pass and keeps what comes after them. */
    private void keep(String path) {
        if (path.endsWith('/import') && count() > 3) {
            held.countDown()
            released.await()
        }
    }

    private synchronized int count() {
        ++imports
    }

    private static void signal(Process process, String name) {
        assert ['kill', "-$name", process.pid() as String].execute().waitFor() == 0
    }

    /** The application deletes every product that is active, first its row, then its document; gives their ids. */
    private Set<String> deleteAll() {
        def active = sandbox.products().findAll { it.value == 0 }.keySet()
        def searched = active.intersect(sandbox.documents().keySet())
        sandbox.sql { it.executeUpdate("update products set deleted_at = $DELETED_AT where deleted_at = 0") }
        sandbox.update(searched.collect { JsonOutput.toJson([id: it, deleted_at: DELETED_AT]) }.join('\n'))
        searched as Set
    }

    private Set<String> alive() {
        def gone = sandbox.products().findAll { it.value == DELETED_AT }.keySet()
        sandbox.documents().findAll { it.value.deleted_at == 0 && it.key in gone }.keySet()
    }

    def "an import that comes after its runner was overtaken revives no more than a window, and a repair finds each of them"() {
        given: 'a runner that stands still when its fourth batch is on the way to search'
        def between = new ForwardingServer(sandbox.search().get().uri() as URI, { String method, String path, String body -> keep(path) })
        def late = ScriptMain.start(InventorySandbox.SCRIPT, [],
            sandbox.variables([TYPESENSE_PORT: between.port as String, BATCH_SIZE: BATCH as String]),
            folder.resolve('late').toFile())
        assert held.await(120, TimeUnit.SECONDS)
        signal(late, 'STOP')

        when: 'another does its work as soon as the lease has run out'
        int code
        while ((code = sandbox.run()) == 6) { LockSupport.parkNanos(100_000_000) }
        def all = deleteAll()

        then:
        code == 0
        all.size() > BATCH * WINDOW
        alive().empty

        when:
        released.countDown()
        signal(late, 'CONT')

        then: 'the late one is refused'
        late.waitFor(60, TimeUnit.SECONDS)
        late.exitValue() == 6

        when:
        between.finish()
        def revived = alive()

        then: 'nothing but its window came to search'
        !revived.empty
        revived.size() <= BATCH * WINDOW

        when:
        def told = sandbox.tell(['validate', '--json', '--sample-size', '1000'])
        def products = (new JsonSlurper().parseText(told.out) as Map).phases.find { it.phase == 'products' }

        then:
        told.code == 5
        products.sample*.key as Set == revived

        when:
        def mended = sandbox.tell(['validate', '--repair'])

        then:
        mended.code == 0
        alive().empty
        sandbox.products().findAll { it.key in all }.values() as Set == [DELETED_AT] as Set
        sandbox.tell(['validate']).code == 0

        cleanup:
        late?.destroyForcibly()
        released.countDown()
        between?.close()
    }
}
