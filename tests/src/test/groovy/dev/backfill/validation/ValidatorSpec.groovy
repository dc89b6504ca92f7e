package dev.backfill.validation

import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Previewable
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.plan.SinkDefinition
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import spock.lang.AutoCleanup
import spock.lang.Specification

import java.time.Duration

import static dev.backfill.engine.Plans.phase
import static dev.backfill.engine.Plans.plan
import static dev.backfill.engine.Plans.products

class ValidatorSpec extends Specification {
    private final time = new FakeTime(Plans.START)
    @AutoCleanup private final resources = new OpenResources(1, true)

    /** A target that holds what it was given, and takes its time to tell. */
    private class SlowTarget implements Sink, Previewable, SinkDefinition {
        final Map<String, Map<String, Object>> rows

        SlowTarget(List<Map<String, Object>> rows) {
            this.rows = rows.collectEntries { [it.id, it] }
        }

        @Override
        String title() {
            'a slow target'
        }

        @Override
        Sink open(Resources resources) {
            this
        }

        @Override
        WriteResult write(List<Row> records) {
            throw new AssertionError('a validation writes nothing' as Object)
        }

        @Override
        WriteResult preview(List<Row> records) {
            time.pass(Duration.ofSeconds(20))
            def outcome = WriteResult.of(records, WriteStatus.UNCHANGED)
            records.eachWithIndex { record, i -> if (rows[record.id as String] != record) { outcome.status(i, WriteStatus.WRITTEN) } }
            outcome
        }

        @Override
        List<Row> held(List<Row> records) {
            records.collect { rows[it.id as String] }.collect { it == null ? null : Row.of(it) }
        }
    }

    private List<Verdict> validate(List<Map<String, Object>> held) {
        def plan = plan([phase(new ListSource('id', products(95), true), [], new SlowTarget(held))])
        new Validator(plan, RunOptions.standard(), Plans.conditions(time))
                .validate(resources, new RunState('run', 'products', Plans.START, RunStatus.DONE, []), [])
    }

    def "it owns nothing, so that it may take longer than any lease"() {
        when:
        def verdict = validate(products(95)).first()

        then:
        verdict.compared() == 95
        verdict.wrong().empty
        time.waits().empty
    }

    def "a record that differs and one that is missing are named with what is wrong"() {
        given:
        def held = products(94)
        held[9] = [id: 'p10', price: 7]

        when:
        def wrong = validate(held).first().wrong()

        then:
        wrong.collectEntries { [it.key(), it.reasons()] } == [p10: ['a slow target: price: 7 -> 10'], p95: ['a slow target: is missing']]
    }
}
