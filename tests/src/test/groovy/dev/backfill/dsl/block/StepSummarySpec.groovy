package dev.backfill.dsl.block

import dev.backfill.connector.Row
import dev.backfill.plan.TotalsFunction
import spock.lang.Specification

class StepSummarySpec extends Specification {
    private static final Map COUNTS = [read: 5, excluded: 1, written: 3, added: 2, changed: 1, unchanged: 0, missing: 0, rejected: 1]
    private static final Row TOTALS = Row.of([started: 'a', finished: 'z', minutes: 1.5, dryRun: false, files: ['items.json'],
        phases: Row.of([items: Row.of(COUNTS + [counts: Row.of([letters: 40])]), summary: Row.of(COUNTS + [counts: Row.of([:])])])])

    def "the standard summary has the time, the files, and the counts of each phase but its own"() {
        expect:
        new StepSummary('download').standard(TOTALS) ==
                [download_completed_at: 'z', dry_run: false, files_created: ['items.json'], statistics: [items: COUNTS + [letters: 40]]]
    }

    def "a function gives what comes after the time"() {
        expect:
        new StepSummary('load').with({ t -> [items: t.phases.items.written] } as TotalsFunction).apply(TOTALS) == [load_completed_at: 'z', items: 3]
    }
}
