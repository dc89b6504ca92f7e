package dev.backfill.scripts

import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** Real processes of the real script, killed and started again. */
@Timeout(300)
class KilledRunSpec extends Specification {
    static final int ROWS = 6_000
    static final long SEED = Long.getLong('backfill.seed', System.nanoTime())

    @Shared @AutoCleanup InventorySandbox undisturbed = InventorySandbox.filled(ROWS)
    @Shared long total

    @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(ROWS)

    @TempDir
    Path folder

    def setupSpec() {
        ScriptMain.example(InventorySandbox.SCRIPT, ['--quiet'], undisturbed.variables())
        total = undisturbed.checkpoint().total_processed as long
    }

    private Process start(String name, Map<String, String> variables = [:]) {
        ScriptMain.start(InventorySandbox.SCRIPT, [], sandbox.variables([BATCH_SIZE: '200', SLEEP_BETWEEN_BATCHES: '0.02'] + variables),
                folder.resolve(name).toFile())
    }

    private long processed() {
        (sandbox.checkpoint()?.total_processed ?: 0) as long
    }

    private String log(String name) {
        folder.resolve(name).toFile().text
    }

    /** Until so many records are saved, or the process has ended. */
    private void awaitProcessed(Process process, long records) {
        while (process.alive && processed() < records) {
            LockSupport.parkNanos(10_000_000)
        }
    }

    private boolean sameAsUndisturbed() {
        sandbox.products() == undisturbed.products()
                && sandbox.documents() == undisturbed.documents()
                && processed() == total
    }

    def "killed at ten random moments and started again each time, the end is that of an undisturbed run"() {
        given:
        println "KilledRunSpec: seed $SEED"
        def random = new Random(SEED)
        def moments = (1..10).collect { random.nextLong(total) }.sort()

        when:
        def resumed = moments.withIndex().collect { moment, i ->
            def saved = processed()
            def process = start("killed-$i")
            awaitProcessed(process, moment)
            process.destroyForcibly().waitFor()
            [saved: saved, log: log("killed-$i")]
        }
        def last = start('last', [SLEEP_BETWEEN_BATCHES: '0'])

        then:
        last.waitFor(120, TimeUnit.SECONDS)
        last.exitValue() == 0
        sameAsUndisturbed()

        and: 'each run went on where the one before had saved, so that no batch of phase 1 was read again'
        resumed.findAll { it.saved > 0 && it.saved < ROWS && it.log.contains('resumes') }.every {
            it.log.contains("(${String.format(Locale.ROOT, '%,d', it.saved)} read)")
        }
    }

    def "told to stop, it saves and ends with 143; the next start goes on"() {
        given:
        def first = start('first')

        when:
        awaitProcessed(first, 1_000)
        first.destroy()

        then:
        first.waitFor(20, TimeUnit.SECONDS)
        first.exitValue() == 143
        log('first').contains('resume with:')
        sandbox.checkpoint().get('phase') == 1

        when:
        def saved = processed()
        def second = start('second', [SLEEP_BETWEEN_BATCHES: '0'])

        then:
        second.waitFor(120, TimeUnit.SECONDS)
        second.exitValue() == 0
        log('second').contains("(${String.format(Locale.ROOT, '%,d', saved)} read)")
        sameAsUndisturbed()
    }

    def "a second start while one runs ends with 6 and names the owner; after a kill it goes on at once"() {
        given:
        def owner = start('owner', [SLEEP_BETWEEN_BATCHES: '0.2'])
        awaitProcessed(owner, 400)

        when:
        def second = start('second')

        then:
        second.waitFor(60, TimeUnit.SECONDS)
        second.exitValue() == 6
        log('second').contains("pid ${owner.pid()}")
        owner.alive

        when:
        owner.destroyForcibly().waitFor()
        def third = start('third', [SLEEP_BETWEEN_BATCHES: '0'])

        then:
        third.waitFor(120, TimeUnit.SECONDS)
        third.exitValue() == 0
        !log('third').contains('waiting for the end of the lease')
        sameAsUndisturbed()
    }
}
