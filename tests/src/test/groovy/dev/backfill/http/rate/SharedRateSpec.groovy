package dev.backfill.http.rate

import dev.backfill.fault.QuietMachine
import dev.backfill.http.Services
import dev.backfill.sandbox.relbase.Behaviour
import dev.backfill.sandbox.relbase.RelbaseServer
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.time.Duration

/**
 * Real processes at a real rate. The moments at which calls are let through are judged always; what the server counts, which
 * depends on how promptly a machine carries them there, in the full check. WindowSpec has both exactly, in virtual time.
 */
@Timeout(120)
class SharedRateSpec extends Specification {
    static final long SECOND = 1_000_000_000L

    @AutoCleanup RelbaseServer relbase = RelbaseServer.start(Behaviour.usual(400, 60, 1).slow(Duration.ofMillis(15)))

    @TempDir
    Path folder

    private List<File> logs(Class<?> process, List<String> arguments) {
        def logs = (1..2).collect { folder.resolve("log-$it").toFile() }
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java') as String, '-XX:TieredStopAtLevel=1', '-cp',
            System.getProperty('java.class.path'), process.name] + arguments
        def processes = logs.collect { new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(it).start() }
        assert processes*.waitFor() == [0, 0]: logs*.text.join('\n')
        logs
    }

    def "two processes that share the rate let no more calls through than allowed in any second, and use it up"() {
        when:
        def sent = logs(GateProcess, [folder.resolve('relbase.rate') as String, '300'])*.readLines().flatten().collect { it as long }.sort()
        def spans = (60..<sent.size()).collect { sent[it] - sent[it - 60] }.sort()

        then:
        sent.size() == 600
        spans.first() >= SECOND
        // half of all seconds at least: a machine that is busy lets some slip
        spans[spans.size().intdiv(2)] <= SECOND / 0.98
    }

    @Requires(value = { QuietMachine.asked }, reason = QuietMachine.HOW)
    def "a thousand calls go at 98 to 100 % of the rate, none is refused, and the connections are few"() {
        when:
        RateProcess.call(Services.client(relbase.address(), rate: 60, concurrency: 8), 1_000)

        then:
        relbase.calls().total() == 1_000
        relbase.calls().refused() == 0
        relbase.calls().rate() <= 60
        relbase.calls().rate() >= 0.98 * 60
        relbase.calls().mostUnderWay() <= 8
    }

    @Requires(value = { QuietMachine.asked }, reason = QuietMachine.HOW)
    def "two processes that share the rate reach it together at the server, and none of their calls is refused"() {
        when:
        logs(RateProcess, [relbase.address(), folder.resolve('relbase.rate') as String, '500'])

        then:
        relbase.calls().total() == 1_000
        relbase.calls().refused() == 0
        relbase.calls().rate() <= 60
        relbase.calls().rate() >= 0.98 * 60
    }
}
