package dev.backfill.throttle

import dev.backfill.connector.Budget
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Measure
import dev.backfill.connector.Resources
import dev.backfill.connector.TransientFailure
import dev.backfill.fake.FakeTime
import dev.backfill.plan.ThrottleRule
import dev.backfill.plan.limit.BudgetDefinition
import dev.backfill.plan.limit.Hours
import dev.backfill.plan.limit.MeasureDefinition
import dev.backfill.plan.limit.Unit
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

class GatesSpec extends Specification {
    def time = new FakeTime(Instant.parse('2026-11-25T12:00:00Z'))
    def resources = new OpenResources(1)

    private Optional<Hold> ask(Limits limits, Cost cost = new Cost(10)) {
        limits.admission(cost).ask()
    }

    private Limits limits(ThrottleRule... rules) {
        Limits.open(rules as List, time, resources)
    }

    private static MeasureDefinition lag(Closure<Double> read) {
        [open: { Resources unused -> [read: read, close: { }] as Measure }, title: { 'replication lag' }] as MeasureDefinition
    }

    private static BudgetDefinition budget(String name, Closure<Duration> reserve) {
        [open: { Resources unused, long most, Duration period -> [reserve: reserve, close: { }] as Budget }, title: { "budget $name" as String }] as BudgetDefinition
    }

    def "work stops above one lag and goes on at a lower one"() {
        given:
        def now = 0.0d
        def limits = limits(new ThrottleRule.Lag(lag { now }, 1.5d, 1.0d))

        expect: 'each reading after a second'
        [0.2d: true, 1.5d: true, 1.6d: false, 1.2d: false, 1.01d: false, 1.0d: true, 1.4d: true, 9.0d: false, 0.0d: true].every { value, open ->
            now = value
            time.pass(Duration.ofSeconds(1))
            ask(limits).empty == open
        }
    }

    def "a probe is asked once a second at most, and a closed gate says when it is asked next"() {
        given:
        def readings = 0
        def limits = limits(new ThrottleRule.Lag(lag { readings++; 5.0d }, 1.5d, 1.0d))

        expect:
        ask(limits).get() == new Hold(Duration.ofSeconds(1), 'replication lag')

        when:
        time.pass(Duration.ofMillis(400))

        then:
        ask(limits).get() == new Hold(Duration.ofMillis(600), 'replication lag')
        readings == 1
    }

    def "a probe that cannot be read at first is an error"() {
        when:
        ask(limits(new ThrottleRule.Lag(lag { throw new TransientFailure('no route') }, 1.5d, 1.0d)))

        then:
        def failure = thrown(TransientFailure)
        failure.message == 'no route'
    }

    def "a probe that cannot be read later counts as not well for five minutes, then pauses the run"() {
        given:
        def broken = false
        def limits = limits(new ThrottleRule.Lag(lag { if (broken) { throw new TransientFailure('no route') }; 0.0d }, 1.5d, 1.0d))

        expect:
        ask(limits).empty

        when:
        broken = true
        def held = (1..299).count {
            time.pass(Duration.ofSeconds(1))
            ask(limits).present
        }

        then:
        held == 299

        when:
        time.pass(Duration.ofSeconds(1))
        ask(limits)

        then:
        def paused = thrown(PausedException)
        paused.message.contains('replication lag could not be read for 5 minutes: no route')
    }

    def "once it can be read again, the patience begins anew"() {
        given:
        def broken = false
        def limits = limits(new ThrottleRule.Lag(lag { if (broken) { throw new TransientFailure('no route') }; 0.0d }, 1.5d, 1.0d))

        expect:
        ask(limits).empty
        (1..5).every {
            broken = true
            def held = (1..299).every { second ->
                time.pass(Duration.ofSeconds(1))
                ask(limits).present
            }
            broken = false
            time.pass(Duration.ofSeconds(1))
            held && ask(limits).empty
        }
    }

    def "the author's own question holds while it is answered with yes"() {
        given:
        def busy = true
        def limits = limits(new ThrottleRule.WaitWhile('many sessions', { -> busy }))

        expect:
        ask(limits).get().title() == 'many sessions'

        when:
        busy = false
        time.pass(Duration.ofSeconds(1))

        then:
        ask(limits).empty
    }

    def "outside of all windows the run is paused, and told when the next one begins"() {
        given:
        def limits = limits(new ThrottleRule.Window(Hours.of('22:00-06:00 UTC')), new ThrottleRule.Window(Hours.of('12:00-13:00 UTC')))

        expect:
        ask(limits).empty

        when:
        time.pass(Duration.ofHours(1))
        ask(limits)

        then:
        def paused = thrown(PausedException)
        paused.message == 'the window 22:00-06:00 UTC, 12:00-13:00 UTC is closed until 2026-11-25T22:00:00Z; start it again then'
    }

    def "a budget is asked only when nothing else holds, and each budget once"() {
        given:
        def lagging = true
        def asked = []
        def room = false
        def limits = limits(
                new ThrottleRule.Spending(budget('first') { asked << "first $it"; Duration.ZERO }, Unit.RECORDS, 100, Duration.ofMinutes(1)),
                new ThrottleRule.Spending(budget('second') { asked << "second $it"; room ? Duration.ZERO : Duration.ofSeconds(3) }, Unit.REQUESTS, 60, Duration.ofMinutes(1)),
                new ThrottleRule.Lag(lag { lagging ? 9.0d : 0.0d }, 1.5d, 1.0d))
        def admission = limits.admission(new Cost(40))

        expect:
        admission.ask().get().title() == 'replication lag'
        asked == []

        when:
        lagging = false
        time.pass(Duration.ofSeconds(1))

        then:
        admission.ask().get() == new Hold(Duration.ofSeconds(3), 'budget second')

        when:
        room = true

        then:
        admission.ask().empty
        asked*.toString() == ['first 40', 'second 1', 'second 1']
    }

    def "a budget that is spent for long pauses the run; what never fits into it is an error"() {
        given:
        def limits = limits(new ThrottleRule.Spending(budget('etsy') { Duration.ofHours(2) }, Unit.RECORDS, 100, Duration.ofDays(1)))

        when:
        ask(limits)

        then:
        def paused = thrown(PausedException)
        paused.message == 'budget etsy (100 records per 86400 s) is spent: there is room again in 7200 s; start it again then'

        when:
        ask(limits, new Cost(101))

        then:
        def never = thrown(FatalFailure)
        never.message.startsWith('101 records at once can never fit into budget etsy')
    }

    def "a nice run rests for a share of the time that each batch took"() {
        given:
        def limits = Limits.open([new ThrottleRule.Nice(0.5d), new ThrottleRule.Pause(Duration.ofMillis(100))], time, resources)

        expect:
        limits.betweenBatches()
        limits.reserve(new Cost(10, 1, Duration.ofSeconds(2))).get() == new Hold(Duration.ofSeconds(1), 'nice 0.5')
        limits.reserve(new Cost(10, 1, Duration.ofMillis(20))).get() == new Hold(Duration.ofMillis(100), 'pause 0.1 s')
    }
}
