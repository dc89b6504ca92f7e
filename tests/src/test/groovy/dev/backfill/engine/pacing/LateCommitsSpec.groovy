package dev.backfill.engine.pacing

import dev.backfill.connector.OpenTransaction
import dev.backfill.fake.FakeTime
import spock.lang.Specification

import java.time.Duration
import java.time.Instant
import java.util.function.Supplier

/** How long a run waits for transactions that may still commit rows it has not seen. */
class LateCommitsSpec extends Specification {
    def time = new FakeTime(Instant.EPOCH)
    List<OpenTransaction> open = []
    def first = new OpenTransaction('3/7', 'pid 7')
    def second = new OpenTransaction('4/8', 'pid 8')

    private LateCommits awaiting(OpenTransaction... awaited) {
        new LateCommits('orders', awaited as List, { open } as Supplier, time)
    }

    private Duration waited(LateCommits commits, Closure during = { }) {
        def begun = time.nanos()
        for (def hold = commits.get(); hold.present; hold = commits.get()) {
            time.pass(hold.get().time())
            during()
        }
        Duration.ofNanos(time.nanos() - begun)
    }

    def "it ends as soon as all of them have ended"() {
        given:
        open = [first, second]
        def rounds = 0

        expect:
        waited(awaiting(first, second)) { if (++rounds == 3) { open.remove(first) } else if (rounds == 5) { open.remove(second) } } == Duration.ofMillis(2500)
    }

    def "it ends after half a minute, whoever is still open"() {
        given:
        open = [first]

        expect:
        waited(awaiting(first, second)) == Duration.ofSeconds(30)
    }

    def "those that came later are not waited for"() {
        given:
        open = [second]

        expect:
        waited(awaiting(first)) == Duration.ZERO
    }
}
