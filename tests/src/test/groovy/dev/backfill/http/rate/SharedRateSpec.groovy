package dev.backfill.http.rate

import dev.backfill.http.Services
import dev.backfill.sandbox.relbase.Behaviour
import dev.backfill.sandbox.relbase.RelbaseServer
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.time.Duration

/** Real calls at a real rate, counted by the server that refuses what is too much. */
@Timeout(120)
class SharedRateSpec extends Specification {
    @AutoCleanup RelbaseServer relbase = RelbaseServer.start(Behaviour.usual(400, 60, 1).slow(Duration.ofMillis(15)))

    @TempDir
    Path folder

    def "a thousand calls go at 98 to 100 % of the rate, none is refused, and the connections are few"() {
        when:
        RateProcess.call(Services.client(relbase.address(), rate: 60, atOnce: 8), 1_000)

        then:
        relbase.calls().total() == 1_000
        relbase.calls().refused() == 0
        relbase.calls().rate() <= 60
        relbase.calls().rate() >= 0.98 * 60
        relbase.calls().mostUnderWay() <= 8
    }

    def "two processes that share the rate reach it together, and not more"() {
        given:
        def file = folder.resolve('relbase.rate')

        when:
        def processes = (1..2).collect { number ->
            new ProcessBuilder(Path.of(System.getProperty('java.home'), 'bin', 'java') as String, '-XX:TieredStopAtLevel=1', '-cp',
                    System.getProperty('java.class.path'), RateProcess.name, relbase.address(), file as String, '500')
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log-$number").toFile()).start()
        }
        def codes = processes*.waitFor()

        then:
        codes == [0, 0] || folder.resolve('log-1').toFile().text == ''
        relbase.calls().total() == 1_000
        relbase.calls().refused() == 0
        relbase.calls().rate() <= 60
        relbase.calls().rate() >= 0.98 * 60
    }
}
