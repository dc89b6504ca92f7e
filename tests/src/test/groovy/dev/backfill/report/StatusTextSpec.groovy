package dev.backfill.report

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointJson
import dev.backfill.checkpoint.LeaseHolder
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.Owner
import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.SinkCounts
import dev.backfill.checkpoint.SplitState
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Cursor
import dev.backfill.connector.LockWait
import dev.backfill.connector.Split
import dev.backfill.control.LiveStatus
import dev.backfill.control.ControlState
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.layout.Screen
import groovy.json.JsonSlurper
import spock.lang.Specification
import spock.lang.Unroll

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset

/** What status prints, whole: the texts are beside the specs, for people to read. */
class StatusTextSpec extends Specification {
    private static final Path TEXTS = Path.of('src/test/resources/golden')
    private static final Instant NOW = Instant.parse('2026-11-28T11:52:53.922057592Z')
    private static final Instant BEGAN = NOW - Duration.ofMinutes(14)
    private static final LockWait WAIT = new LockWait('public.products', 4711, Optional.of('app'), Optional.of('psql'), Optional.of('idle in transaction'),
            OptionalLong.of(190), Optional.of('update products set price = price * 1.1 where brand = $1'))

    def time = new FakeTime(NOW)
    def store = new MemoryStore(time)
    boolean owned = true

    private static PhaseState phase(String name, WorkStatus status, long read, Long expected, String cursor) {
        def splits = cursor == null ? [] : [new SplitState(new Split(0, Cursor.start(), Optional.empty(), expected == null ? OptionalLong.empty() : OptionalLong.of(expected)),
                Cursor.after(cursor), read, status == WorkStatus.DONE ? WorkStatus.DONE : WorkStatus.RUNNING, 1)]
        new PhaseState(name, status, read.intdiv(1000), read, 0, 0, 0, splits, [SinkCounts.none()], [:])
    }

    private StatusText status(Screen screen, Optional<List<LockWait>> asked = Optional.of([WAIT])) {
        def run = new RunState('20261128-113853-ubpw', 'inventory-fields', BEGAN, owned ? RunStatus.RUNNING : RunStatus.FAILED, [
                phase('products', WorkStatus.DONE, 1_250_000, 1_250_000, '1250000'),
                phase('prices', WorkStatus.RUNNING, 481_000, 3_498_761, '481000'),
                phase('labels in all languages', WorkStatus.PENDING, 0, null, null)])
        def owner = new Owner('etl-1', 'here', 4321, BEGAN, 'ops', BEGAN)
        def pulse = new LiveStatus(run.id(), 0, Optional.empty(), [work: 0.62d, 'pause 1 s': 0.38d], 840d, 1000, NOW - Duration.ofSeconds(1), OptionalDouble.of(1433.4d),
                Optional.of(NOW - Duration.ofSeconds(4)), Optional.of(new LiveStatus.Trouble(NOW - Duration.ofSeconds(7),
                'updating public.products in shop on db.example.com:5432: canceling statement due to lock timeout (SQLSTATE 55P03)')), owned ? [WAIT] : [])
        def plan = Plans.plan([run.phases()[0], run.phases()[1], run.phases()[2]].collect {
            Plans.phase(name: it.name(), new ListSource('id', [], true), [], new RecordingSink('id'))
        })
        new StatusText(plan, 'backfill.runs in shop on db.example.com:5432',
                new CheckpointSnapshot(Optional.of(new Checkpoint(run, [:])), 1, 700, owned ? Optional.of(new LeaseHolder(owner, 840, false)) : Optional.empty()),
                new LetterText(store), [], ControlState.none(), Optional.of(pulse), new StatusText.Look(NOW, screen, asked))
    }

    /** With -Dgolden.write=true the text is written anew, to be read before it is committed. */
    private static String golden(String name, String text) {
        def file = TEXTS.resolve(name)
        if (System.getProperty('golden.write') == 'true') {
            Files.writeString(file, text + '\n')
        }
        Files.readString(file)
    }

    @Unroll("#name at #width columns")
    def "the whole text"() {
        given:
        owned = name == 'running'

        when:
        def text = status(new Screen(width, false, ZoneId.of('America/Santiago'))).text()

        then:
        text + '\n' == golden("status-$name-${width}.txt", text)
        text.readLines().every { it.length() <= width }

        where:
        [name, width] << [['running', 'failed'], [80, 130]].combinations()
    }

    def "without a terminal a sentence is one line, and the content is the same"() {
        expect:
        words(status(Screen.unlimited()).text()) == words(status(new Screen(130, false, ZoneId.systemDefault())).text())
        status(Screen.unlimited()).text().readLines().any { it.endsWith('whose last statement was: ' + WAIT.query().get()) }
    }

    private static Set<String> words(String text) {
        text.split(/\s+/) as Set
    }

    def "colour is for a terminal that shows it, and says nothing of its own"() {
        given:
        def coloured = status(new Screen(130, true, ZoneOffset.UTC)).text()

        expect:
        coloured.contains('\u001b[1;31mblocked:\u001b[0m')
        coloured.replaceAll(/\u001b\[[0-9;]*m/, '') == status(new Screen(130, false, ZoneOffset.UTC)).text()
    }

    def "programs get the same, with times in UTC"() {
        when:
        def told = new JsonSlurper().parseText(status(Screen.unlimited()).json()) as Map

        then:
        told.progress*.total == [1_250_000, 3_498_761, null]
        told.progress[1].rate == 1433.4
        told.progress[1].secondsLeft == 2105
        told.lastBatch == '2026-11-28T11:52:49.922057592Z'
        told.lastError.at == '2026-11-28T11:52:46.922057592Z'
        told.lastError.text.startsWith('updating public.products')
        told.blockedBy*.pid == [4711]
        told.blockedBy*.query == [WAIT.query().get()]
    }

    def "who blocks is what the server says now, else what the run saw a moment ago, and nobody of a run that is not on"() {
        expect:
        status(Screen.unlimited(), Optional.empty()).text().contains('held by pid 4711')
        status(Screen.unlimited(), Optional.of([new LockWait('', 0, *([Optional.empty()] * 3), OptionalLong.empty(), Optional.empty())])).text()
                .contains('blocked: it waits for a lock held by a prepared transaction (see pg_prepared_xacts)')

        when:
        owned = false

        then:
        !status(Screen.unlimited()).text().contains('blocked')
    }

    def "a record that an earlier version wrote is read"() {
        when:
        def pulse = CheckpointJson.read('{"run":"r","answered":0,"held":null,"shares":{"work":1.0},"seconds":3.0,"batch":10,"at":"2026-11-28T11:52:53Z"}', LiveStatus)

        then:
        pulse.rate().empty
        pulse.lastBatch().empty
        pulse.trouble().empty
        pulse.waits() == []
    }
}
