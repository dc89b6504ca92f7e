package dev.backfill.scripts

import dev.backfill.fault.FullCheck
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** Real processes of the real script, killed in the middle of the download. */
@Timeout(900)
class KilledDownloadSpec extends Specification {
    /** Ten kills take minutes: mvn verify -Pfull. */
    static final int KILLS = FullCheck.asked ? 10 : 2
    static final int PRODUCTS = FullCheck.asked ? 60 : 20
    static final long SEED = Long.getLong('backfill.seed', System.nanoTime())
    /** Calls under way at once, as the script has it. */
    static final int AT_ONCE = 4

    @TempDir
    Path folder

    @AutoCleanup WarehouseSandbox sandbox = WarehouseSandbox.filled(null, PRODUCTS)

    def setupSpec() {
        ScriptMain.example(WarehouseSandbox.SCRIPT, ['--help'])
    }

    private Path getLake() { folder.resolve('lake') }

    private Process start(String name, Path lake = this.lake, String rate = '300', List<String> more = []) {
        ScriptMain.start(WarehouseSandbox.SCRIPT, ['download', '--output-dir', lake as String] + more, sandbox.variables([RELBASE_RATE: rate]),
                folder.resolve(name).toFile())
    }

    private Map<String, Integer> lots() {
        sandbox.relbase().get().calls().asked().findAll { it.key.contains('lotes_series') }
    }

    private static Map file(Path lake) {
        def file = new JsonSlurper().parse(lake.resolve('warehouse_stock_lots.json').toFile()) as Map
        file.subMap('source', 'endpoint') + [statistics: file.statistics - [elapsed_minutes: file.statistics.elapsed_minutes],
            records: file.stock_records.collect { it - [fetched_at: it.fetched_at] }]
    }

    def "killed again and again, it repeats at most the calls that were under way, and the file is that of an undisturbed run"() {
        given:
        println "KilledDownloadSpec: seed $SEED"
        def random = new Random(SEED)
        def all = PRODUCTS * 13
        def moments = (1..KILLS).collect { 1 + random.nextInt(all - 20) }.sort()

        when:
        moments.eachWithIndex { moment, i ->
            def process = start("killed-$i")
            while (process.alive && lots().size() < moment) {
                LockSupport.parkNanos(2_000_000)
            }
            process.destroyForcibly().waitFor()
        }
        def last = start('last')

        then:
        last.waitFor(120, TimeUnit.SECONDS)
        last.exitValue() == 0
        lots().size() == all
        lots().values().sum() - all <= KILLS * AT_ONCE

        when:
        def whole = start('undisturbed', folder.resolve('other'), '300', ['--verbose'])

        then:
        whole.waitFor(120, TimeUnit.SECONDS)
        whole.exitValue() == 0
        file(lake) == file(folder.resolve('other'))
        def lines = folder.resolve('undisturbed').toFile().readLines().findAll { it.contains("/$all] ") }
        lines.size() == all
        lines.first() ==~ /.* \[1\/$all] BAKC_U05001 in .+: \d+ lots/
        names(lake) == names(folder.resolve('other'))
        lake.toFile().list().every { !it.contains('.part') && !it.endsWith('.new') }
    }

    /** The files of a folder, but for the versions before: a file that was written once has none. */
    private static List<String> names(Path folder) {
        folder.toFile().list().findAll { !it.endsWith('.previous') }.sort()
    }

    def "a second start while one runs ends at once and names its owner"() {
        given:
        def first = start('first', lake, '4') // so slow that it is not done before the second looks
        while (first.alive && lots().size() < 4) {
            LockSupport.parkNanos(2_000_000)
        }

        when:
        def second = start('second')

        then:
        second.waitFor(60, TimeUnit.SECONDS)
        folder.resolve('second').toFile().text.contains("pid ${first.pid()}")
        second.exitValue() == 6

        cleanup:
        first.destroyForcibly().waitFor()
    }
}
