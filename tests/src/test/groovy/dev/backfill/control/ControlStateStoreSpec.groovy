package dev.backfill.control

import dev.backfill.layout.Screen
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.fake.FakeTime
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import spock.lang.Specification

import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors

class ControlStateStoreSpec extends Specification {
    def store = new MemoryStore(new FakeTime(Instant.EPOCH))
    def note = new ControlStateStore(store)
    def anna = new ControlRequest('anna@laptop', Instant.parse('2026-11-25T12:00:00Z'), 'the shop is slow')

    private static Tuning tuning(Map values) {
        new Tuning(values.batch ? OptionalInt.of(values.batch as int) : OptionalInt.empty(),
                values.rate ? OptionalDouble.of(values.rate as double) : OptionalDouble.empty(),
                values.pause != null ? OptionalDouble.of(values.pause as double) : OptionalDouble.empty(), OptionalInt.empty())
    }

    def "nothing is wished at first"() {
        expect:
        note.read() == ControlState.none()
        note.read().hindrance().empty
    }

    def "wishes add up, each with a higher number, and are there for every process"() {
        when:
        note.change { it.paused(anna) }
        note.change { it.tuned(tuning(batch: 200, rate: 5), anna) }
        note.change { it.tuned(tuning(rate: 7, pause: 0), anna) }
        def read = new ControlStateStore(store).read()

        then:
        read.number() == 3
        read.pause().get() == anna
        read.tuning() == tuning(batch: 200, rate: 7, pause: 0)
        read.hindrance().get() == "paused by anna@laptop at ${Screen.unlimited().time(anna.at())}: the shop is slow; lift it with the command resume"
    }

    def "resume lifts a pause and a cancel, and leaves what was tuned"() {
        when:
        note.change { it.paused(anna).cancelled(anna).tuned(tuning(batch: 9), anna) }
        def lifted = note.change { it.resumed() }

        then:
        lifted.hindrance().empty
        lifted.tuning() == tuning(batch: 9)
        note.change { it.untuned(anna) }.tuning() == Tuning.none()
    }

    def "of many who wish at once nobody's wish is lost"() {
        given:
        def threads = Executors.newFixedThreadPool(4)

        when:
        threads.invokeAll((1..40).collect { n -> { -> note.change { it.tuned(tuning(batch: n), anna) } } as Callable })*.get()

        then:
        note.read().number() == 40

        cleanup:
        threads.shutdownNow()
    }

    def "what makes no sense is refused"() {
        when:
        new Tuning(OptionalInt.of(0), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty())

        then:
        thrown(IllegalArgumentException)
    }

    def "a run hears each wish once, is woken by it, and is stopped by a cancel"() {
        given:
        def signal = new StopSignal()
        def control = new LiveControl(signal, new FakeTime(Instant.EPOCH), ControlState.none())
        def paused = note.change { it.paused(anna) }

        when:
        control.hear(paused)
        control.hear(paused)
        control.hear(ControlState.none())

        then:
        control.paused().get() == anna
        signal.rings() == 1
        signal.given().empty

        when:
        control.hear(note.change { it.cancelled(anna) })

        then:
        signal.given().get() == Stop.CANCEL
    }

    def "the history keeps the last hundred starts, and forgets those that are old"() {
        given:
        def history = new RunHistory(store)
        def at = { int n -> Instant.EPOCH.plusSeconds(n) }

        when:
        (1..120).each { history.put(RunRecord.begun("run $it" as String, "ops@host pid $it" as String, at(it))) }
        def last = history.read().last()
        history.put(last.ended(at(500), 'done', 10, 9, 1))

        then:
        history.read()*.run() == (21..120).collect { "run $it" as String }
        history.read().last().outcome() == 'done'
        history.read().last().ended().get() == at(500)

        when:
        history.forget { it.started() < at(110) }

        then:
        history.read()*.run() == (110..120).collect { "run $it" as String }
    }
}
