package dev.backfill.report

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.read.ListAppender
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.engine.Plans
import dev.backfill.layout.Screen
import org.slf4j.LoggerFactory
import spock.lang.Specification

import java.time.Duration
import java.time.Instant
import java.time.ZoneId

class RunReportSpec extends Specification {
    def logger = LoggerFactory.getLogger(RunReport) as Logger
    def entries = new ListAppender<ILoggingEvent>()
    def time = new FakeTime(Instant.parse('2026-01-01T00:00:00Z'))
    def report = new RunReport(Plans.plan([Plans.phase(new ListSource('id', [], true), [], new RecordingSink('id'))]), time, new Screen(130, false, ZoneId.of('Asia/Kolkata')), Optional.empty())

    def setup() {
        entries.start()
        logger.level = Level.INFO
        logger.addAppender(entries)
    }

    def cleanup() {
        logger.detachAppender(entries)
        logger.level = null
    }

    def "a long wait is told at once, with its end, and then now and then"() {
        when:
        time.pass(Duration.ofSeconds(1))
        report.holding('paused by hand', Duration.ofHours(1))
        report.holding('paused by hand', Duration.ofHours(1))

        then:
        entries.list*.formattedMessage == ['waiting: paused by hand, for 1 h 0 min at most, until 2026-01-01 06:30:01 +05:30']

        when: 'something else is waited for, and both again'
        report.holding('the measure of lag', Duration.ofSeconds(5))
        time.pass(Duration.ofSeconds(10))
        report.holding('the measure of lag', Duration.ofSeconds(5))

        then:
        entries.list*.formattedMessage.drop(1) == ['waiting: the measure of lag, for 5.0 s at most, until 2026-01-01 05:30:06 +05:30',
                                                   'waiting: the measure of lag, for 5.0 s at most, until 2026-01-01 05:30:16 +05:30']
    }

    def "a short wait, as after every batch, is told now and then only"() {
        when:
        5.times {
            report.holding('pause 1 s', Duration.ofSeconds(1))
            time.pass(Duration.ofSeconds(3))
        }

        then:
        entries.list*.formattedMessage == ['waiting: pause 1 s']
    }
}
