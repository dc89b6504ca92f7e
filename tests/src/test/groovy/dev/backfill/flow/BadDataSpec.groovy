package dev.backfill.flow

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.SinkCounts
import dev.backfill.connector.Row
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/**
 * What becomes of bad data of every sort in every kind of target: one record of five is bad, is refused for the right reason
 * or is in the target exactly as it was, and the other four are written. PoisonSpec has the same in numbers.
 */
class BadDataSpec extends Specification {
    private static final List<String> IDS = ['a', 'b', 'c', 'd', 'e']
    /** More than an index takes, and no compression makes it fit. */
    private static final String HUGE = new Random(7).with { random -> (1..12_000).collect { (char) (33 + random.nextInt(90)) }.join() }

    /** What the bad record has, or what happens to its row between read and write. */
    private static final Map<String, Map<String, Object>> SORTS = [
        'a null'                : [number: null],
        'a wrong type'          : [number: 'many'],
        'a number out of range' : [number: 10G**30],
        'a huge text'           : [text: HUGE],
        'a NUL'                 : [text: 'a\0b'],
        'half a character'      : [text: 'a\ud83d'],
        'a date out of range'   : [at: '300000-01-01T00:00:00Z'],
        'a date that is none'   : [at: '2023-02-29T00:00:00Z'],
        'no parent'             : [parent: 'nobody'],
    ]

    @TempDir
    Path folder
    @AutoCleanup BadDataTargets targets = new BadDataTargets()
    MemoryStore store = new MemoryStore(new FakeTime(Plans.START))

    def "#sort: updated #update, upserted #upsert, in search #search, in a file #file"() {
        expect:
        fate('update', SORTS[sort]) == update
        fate('upsert', SORTS[sort]) == upsert
        fate('search', SORTS[sort]) == search
        fate('file', SORTS[sort]) == file

        where:
        sort                    || update           | upsert           | search        | file
        'a null'                || 'missing value'  | 'missing value'  | 'unfit value' | 'written'
        'a wrong type'          || 'unfit value'    | 'unfit value'    | 'unfit value' | 'written'
        'a number out of range' || 'unfit value'    | 'unfit value'    | 'unfit value' | 'written'
        'a huge text'           || 'too large'      | 'too large'      | 'written'     | 'written'
        'a NUL'                 || 'unfit value'    | 'unfit value'    | 'written'     | 'written'
        'half a character'      || 'unfit value'    | 'unfit value'    | 'unfit value' | 'written'
        'a date out of range'   || 'unfit value'    | 'unfit value'    | 'written'     | 'written'
        'a date that is none'   || 'unfit value'    | 'unfit value'    | 'written'     | 'written'
        'no parent'             || 'missing parent' | 'missing parent' | 'written'     | 'written'
    }

    def "a row that is #what between read and write: updated #update, upserted #upsert, in search #search"() {
        expect:
        fate('update', [:]) { it."$what"('c') } == update
        fate('upsert', [:]) { it."$what"('c') } == upsert
        fate('search', [:]) { it."$what"('c') } == search

        where: 'only who adds rows adds it again'
        what      || update    | upsert    | search
        'deleted' || 'missing' | 'written' | 'missing'
        'changed' || 'written' | 'written' | 'written'
    }

    def "of a key that is twice in a batch the last record counts, and a file has both: #target"() {
        given:
        def of = targets.of(target, folder)

        when:
        def counts = run(of, [good('a'), good('c') + [number: 7], good('b'), good('c') + [number: 8]])

        then:
        of.held('c')*.number == numbers
        counts.written() + counts.unchanged() == 4
        store.countDeadLetters() == 0

        where:
        target   || numbers
        'update' || [8]
        'upsert' || [8]
        'search' || [8]
        'file'   || [7, 8]
    }

    private static Map<String, Object> good(String id) {
        [id: id, number: 5, text: "text of $id" as String, at: '2024-02-29T12:00:00Z', parent: 'somebody']
    }

    /** What became of the bad one; the good ones are as they were sent, and the bad one is, too, or nothing of it is. */
    private String fate(String name, Map<String, Object> bad, Closure meanwhile = { }) {
        store = new MemoryStore(new FakeTime(Plans.START))
        def target = targets.of(name, folder)
        def records = IDS.collect { good(it) + (it == 'c' ? bad : [:]) }
        def counts = run(target, records) { meanwhile(target) }
        def letters = store.deadLetters(5)
        assert (IDS - 'c').every { target.holds(good(it)) }
        assert letters*.key().every { it == 'c' } && letters.size() <= 1 && letters*.error().every { it && !it.contains('\tat ') }
        assert target.holds(records[2]) == (letters.empty && counts.missing() == 0)
        letters ? letters[0].rejection().kind().title() : counts.missing() ? 'missing' : 'written'
    }

    private SinkCounts run(BadDataTargets.Target target, List<Map<String, Object>> records, Closure meanwhile = { }) {
        def step = new RecordStep.Transform({ Row row ->
            if (row.id == 'e') {
                meanwhile()
            }
            row
        } as RecordFunction)
        def sink = [open: { it -> target.sink() }, title: { -> 'the target' }] as SinkDefinition
        def plan = Plans.plan([Plans.phase(new ListSource('id', records, true), [step], sink)])
        new OpenResources(2).withCloseable {
            new Runner(plan, RunOptions.standard(), Plans.conditions(new FakeTime(Plans.START)), { false } as Processes).run(it, store)
        }.state().phases()[0].sinks()[0]
    }
}
