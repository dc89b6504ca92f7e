package dev.backfill.pace

import dev.backfill.plan.ThrottleRule
import dev.backfill.plan.limit.BudgetDefinition
import dev.backfill.plan.limit.Hours
import dev.backfill.plan.limit.MeasureDefinition
import dev.backfill.plan.limit.Unit
import spock.lang.Specification

import java.time.Duration

class ThrottleBuilderSpec extends Specification {
    def block = new ThrottleBuilder()
    def measure = Stub(MeasureDefinition)
    def budget = Stub(BudgetDefinition)

    def "each word is a rule, in the order of the script"() {
        when:
        block.pause(0.5)
        block.nice(2)
        block.rate(600, per: 'minute')
        block.requests(6)
        block.window('22:00-06:00 UTC')
        block.lag(measure)
        block.lag(measure, pauseAbove: 5, resumeBelow: 2)
        block.lag(measure, pauseAbove: 0.5)
        block.budget(budget, requests: 5000, per: 'day')

        then:
        block.rules() == [
            new ThrottleRule.Pause(Duration.ofMillis(500)),
            new ThrottleRule.Nice(2d),
            new ThrottleRule.Rate(600d, Duration.ofMinutes(1)),
            new ThrottleRule.Rate(Unit.REQUESTS, 6d, Duration.ofSeconds(1)),
            new ThrottleRule.Window(Hours.of('22:00-06:00 UTC')),
            new ThrottleRule.Lag(measure, 1.5d, 1.0d),
            new ThrottleRule.Lag(measure, 5d, 2d),
            new ThrottleRule.Lag(measure, 0.5d, 0.5d),
            new ThrottleRule.Spending(budget, Unit.REQUESTS, 5000, Duration.ofDays(1)),
        ]
    }

    def "a value that makes no sense is refused with what it must be"() {
        when:
        stated(block, measure, budget)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message.contains(told)

        where:
        stated                                                             || told
        ({ b, m, u -> b.pause(-1) })                                       || 'a pause cannot be negative'
        ({ b, m, u -> b.nice(0) })                                         || "share of 'nice' must be above 0"
        ({ b, m, u -> b.rate(0) })                                         || 'a rate must be above 0'
        ({ b, m, u -> b.rate(5, per: 'week') })                            || 'second, minute, hour or day'
        ({ b, m, u -> b.lag(m, pauseAbove: 1, resumeBelow: 2) })                        || 'resumeBelow: must be between 0 and pauseAbove:'
        ({ b, m, u -> b.budget(u, per: 'day') })                           || "either 'requests:' or 'records:'"
        ({ b, m, u -> b.budget(u, requests: 1, records: 1, per: 'day') })  || "either 'requests:' or 'records:'"
        ({ b, m, u -> b.budget(u, requests: 0, per: 'day') })              || 'a budget must be above 0'
    }
}
