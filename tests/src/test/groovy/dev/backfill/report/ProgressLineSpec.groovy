package dev.backfill.report

import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.SinkCounts
import dev.backfill.checkpoint.SplitState
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Cursor
import dev.backfill.connector.Split
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.layout.Screen
import dev.backfill.run.Progress
import spock.lang.Specification
import spock.lang.Unroll

import java.time.Duration
import java.time.Instant
import java.time.ZoneOffset

class ProgressLineSpec extends Specification {
    def time = new FakeTime(Instant.parse('2026-01-01T00:00:00Z'))
    def out = new StringWriter()

    private static PhaseState phase(String name, WorkStatus status, long read, long expected) {
        new PhaseState(name, status, 1, read, 0, 0, 0, status == WorkStatus.PENDING ? [] : [new SplitState(
                new Split(0, Cursor.start(), Optional.empty(), OptionalLong.of(expected)), Cursor.after('x'), read, status, 1)], [SinkCounts.none()], [:])
    }

    private static Progress progress(long read) {
        def run = new RunState('r', 'demo', Instant.EPOCH, RunStatus.RUNNING,
                [phase('brands', WorkStatus.DONE, 300, 300), phase('products', WorkStatus.RUNNING, read, 10_000)])
        new Progress(run, 1, 1000, [])
    }

    private List<String> shown(Screen screen) {
        def phases = ['brands', 'products'].collect { Plans.phase(name: it, new ListSource('id', [], true), [], new RecordingSink('id')) }
        def report = new RunReport(Plans.plan(phases), time, screen, Optional.of(new ProgressLine(new PrintWriter(out), screen)))
        [2_000L, 4_000L].each {
            time.pass(Duration.ofSeconds(2))
            report.saved(progress(it))
        }
        out.toString().split('\r\u001b\\[K').findAll()
    }

    @Unroll("#width columns, colour: #colour")
    def "a bar shows how far all phases are, and the line is never longer than the terminal is wide"() {
        expect:
        shown(new Screen(width, colour, ZoneOffset.UTC)).last() == line

        where:
        width | colour || line
        80    | false  || '[##############......] products: 4,000 of 10,000 (40 %), 1,000/s, 6.0 s left'
        60    | false  || '[##############......] products: 4,000 of 10,000 (40 %), 1…'
        80    | true   || '\u001b[32m[##############......] \u001b[0mproducts: 4,000 of 10,000 (40 %), 1,000/s, 6.0 s left'
    }
}
