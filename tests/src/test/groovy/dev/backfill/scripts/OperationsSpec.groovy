package dev.backfill.scripts

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.Owner
import dev.backfill.dsl.Launch
import dev.backfill.layout.Screen
import dev.backfill.run.OpenResources
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant

/** What a person does with a run that is not on: take it over, keep its position, bring it elsewhere. */
@Stepwise
@Timeout(120)
class OperationsSpec extends Specification {
    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(600)
    @Shared @AutoCleanup OpenResources resources = new OpenResources(2)
    @Shared @TempDir Path folder

    private def store() {
        Launch.load(InventorySandbox.SCRIPT, [], sandbox.variables()).backfill().store().get().open(resources, 'backfill_inventory_fields')
    }

    def "what has no owner need not be taken over"() {
        when:
        def told = sandbox.tell(['takeover', '--reason', 'to see', '--yes'])

        then:
        told.code == 0
        told.out.contains('nobody owns inventory-fields: just run it')
    }

    def "a position is exported to a file that is not there yet, and what is not there cannot be"() {
        expect:
        sandbox.tell(['checkpoint', 'export', folder.resolve('early') as String]).code == 2

        when:
        def paused = sandbox.tell(['--limit', '200', '--batch-size', '100', '--exit-zero-on', '4,3'])
        def told = sandbox.tell(['checkpoint', 'export', folder.resolve('kept') as String])

        then:
        paused.code == 0
        paused.out.contains('--exit-zero-on 4,3')
        told.code == 0
        told.out.contains("checkpoint import ${folder.resolve('kept')}")
        (new JsonSlurper().parse(folder.resolve('kept').toFile()) as Map).backfill == 'inventory-fields'
        with(sandbox.tell(['checkpoint', 'export', folder.resolve('kept') as String])) {
            code == 2
            err.contains('name one that does not exist yet')
        }
    }

    def "a position is imported as it was, after a question; another backfill's, or none, is refused"() {
        given:
        def before = sandbox.checkpoint().findAll { it.key != 'backfill' }
        Files.writeString(folder.resolve('other'), Files.readString(folder.resolve('kept')).replaceFirst('"backfill":"inventory-fields"', '"backfill":"stock"'))
        Files.writeString(folder.resolve('none'), 'no JSON')

        when:
        def reset = sandbox.tell(['checkpoint', 'reset', '--yes'])
        def asked = sandbox.tell(['checkpoint', 'import', folder.resolve('kept') as String])

        then:
        reset.code == 0
        asked.code == 2
        asked.err.contains('add --yes')
        sandbox.checkpoint().last_id == null
        sandbox.tell(['checkpoint', 'import', folder.resolve('other') as String, '--yes']).err.contains("contains a position of 'stock', not of 'inventory-fields'")
        sandbox.tell(['checkpoint', 'import', folder.resolve('none') as String, '--yes']).code == 1
        sandbox.tell(['checkpoint', 'import', folder.resolve('missing') as String, '--yes']).code == 2

        and:
        sandbox.tell(['checkpoint', 'import', folder.resolve('kept') as String, '--yes']).code == 0
        sandbox.checkpoint().findAll { it.key != 'backfill' } == before
    }

    def "an owner that hangs is taken over with a reason: it can save nothing more, and the next start goes on"() {
        given: 'a runner of another machine, which has just beaten'
        def store = store()
        def hanging = store.acquire(new Owner('elsewhere', 'elsewhere/boot/ns', 7, Instant.EPOCH, 'night', Instant.EPOCH), AcquireCondition.ifFree())

        expect:
        sandbox.tell(['--no-wait']).code == 6
        sandbox.tell(['takeover', '--reason', 'it hangs']).with { it.code == 2 && it.err.contains('Take inventory-fields from night@elsewhere pid 7?') }
        sandbox.tell(['takeover', '--yes']).code == 2
        sandbox.tell(['plan']).out.contains('owner: night@elsewhere pid 7 since ')

        when:
        def told = sandbox.tell(['takeover', '--reason', 'it hangs', '--yes'])

        then:
        told.code == 0
        told.out.startsWith('taken from night@elsewhere pid 7; it may still write for up to 30 s, for which the next run waits')
        told.out.contains('; resume with: jbang run ')
        sandbox.tell(['plan']).out.contains('owner: night@elsewhere pid 7 since ' + Screen.unlimited().time(Instant.EPOCH) + ', taken over; it may still write')
        sandbox.tell(['status']).out.contains('taken over; it may still write until its lease has expired')
        sandbox.tell(['pause', '--reason', 'to see']).out.contains('no run is in progress; it applies to the next one')
        sandbox.tell(['resume', '--reason', 'to see']).code == 0
        with(sandbox.tell(['--no-wait'])) {
            code == 6
            err.contains('it was taken over, but may still write until its lease has expired')
        }

        when:
        store.save(hanging, new Checkpoint(store.read().checkpoint().get().run(), [:]))

        then:
        thrown LeaseLostException

        when: 'that time has passed by the store\'s clock'
        sandbox.age('backfill_inventory_fields')

        then:
        with(sandbox.tell(['--no-wait'])) {
            code == 0
            out.contains('600 read')
        }
        sandbox.inspect().findings().findAll { !it.holds() } == []
    }
}
