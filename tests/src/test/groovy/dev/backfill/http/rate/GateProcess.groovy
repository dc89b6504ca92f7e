package dev.backfill.http.rate

import dev.backfill.time.StopSignal
import dev.backfill.time.SystemTime
import dev.backfill.time.Time
import dev.backfill.time.Waiter

import java.lang.reflect.Proxy
import java.nio.file.Path
import java.time.Duration
import java.time.Instant

/** A process that is let through so many times at the rate that all share in a file, and prints when: file, times. */
class GateProcess {
    static void main(String[] arguments) {
        Instant seen = Instant.EPOCH
        def system = new SystemTime()
        // the gate looks at the clock while it holds the file: its last look before a call goes is that call's moment
        def time = Proxy.newProxyInstance(Time.classLoader, [Time] as Class[]) { proxy, method, given ->
            def answer = method.invoke(system, given)
            if (method.name == 'now') {
                seen = answer as Instant
            }
            answer
        } as Time
        def gate = Gate.shared(new Rate(60, Duration.ofSeconds(1)), Path.of(arguments[0]), new Waiter(time, new StopSignal()))
        (arguments[1] as int).times {
            def pass = gate.pass()
            println seen.epochSecond * 1_000_000_000L + seen.nano
            pass.answered(false)
        }
    }
}
