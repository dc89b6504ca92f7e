package dev.backfill.plan.limit

import spock.lang.Specification

import java.time.Instant

class HoursSpec extends Specification {
    def "hours over midnight are open at night and closed by day, by the clocks of their place"() {
        given:
        def night = Hours.of('22:00-06:00 America/Santiago')

        expect:
        night.contains(Instant.parse(at)) == open

        where: 'in November Santiago is three hours behind'
        at                     || open
        '2026-11-25T01:00:00Z' || true
        '2026-11-25T00:59:59Z' || false
        '2026-11-25T08:59:59Z' || true
        '2026-11-25T09:00:00Z' || false
        '2026-11-25T15:00:00Z' || false
    }

    def "the next beginning is told, also where the clocks leave the hour out"() {
        expect:
        Hours.of(text).next(Instant.parse(at)) == Instant.parse(next)

        where: 'on 2026-03-29 Berlin goes from 02:00 to 03:00'
        text                           | at                     || next
        '22:00-06:00 America/Santiago' | '2026-11-25T12:00:00Z' || '2026-11-26T01:00:00Z'
        '12:00-13:00 UTC'              | '2026-11-25T12:00:00Z' || '2026-11-25T12:00:00Z'
        '12:00-13:00 UTC'              | '2026-11-25T13:00:00Z' || '2026-11-26T12:00:00Z'
        '02:30-04:00 Europe/Berlin'    | '2026-03-29T00:30:00Z' || '2026-03-29T01:30:00Z'
    }

    def "a day ends at 24:00"() {
        expect:
        Hours.of('20:00-24:00 UTC').contains(Instant.parse('2026-11-25T23:59:59Z'))
        !Hours.of('20:00-24:00 UTC').contains(Instant.parse('2026-11-26T00:00:00Z'))
        Hours.of('20:00-24:00 UTC').toString() == '20:00-24:00 UTC'
    }

    def "what is no window is refused with an example"() {
        when:
        Hours.of(text)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message.contains(told)

        where:
        text                       || told
        '22-6'                     || "written '22:00-06:00 America/Santiago'"
        '22:00-06:00'              || 'with its time zone'
        '22:00-06:00 Mars/Olympus' || "'22:00-06:00 Mars/Olympus' cannot be read"
        '25:00-06:00 UTC'          || 'cannot be read'
        '06:00-06:00 UTC'          || 'must end at another time'
    }
}
