package dev.backfill.scripts

import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path

/** A run without a write, a part of a run, and a run that is not the one that was begun. */
@Timeout(180)
class DryRunSpec extends Specification {
    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(2_000)
    @AutoCleanup InventorySandbox production
    @TempDir Path folder

    private Path edited(Closure<String> edit) {
        def copy = folder.resolve('inventory-fields.groovy')
        Files.writeString(copy, edit(Files.readString(InventorySandbox.SCRIPT)))
    }

    def "a dry run leaves all three servers as they were, and tells what a run would do"() {
        given:
        def before = sandbox.everything()

        when:
        def told = sandbox.tell(['--dry-run'])

        then:
        told.code == 0
        told.out.contains('2,000 read')
        told.out.contains('nothing was written')
        told.out =~ /(?m)^    \S+ +deleted_at  null    0$/
        sandbox.everything() == before
    }

    def "a dry run that ends early tells what it saw, and sends nobody to a start that writes"() {
        given:
        def before = sandbox.everything()

        when:
        def told = sandbox.tell(['--dry-run', '--phase', 'products', '--limit', '500', '--batch-size', '250'])

        then:
        told.code == 4
        told.out.contains('paused: the limit of 500 records is reached')
        told.out.contains('dry run: nothing was written')
        told.out =~ /(?m)^  would change in .*, for example:\n    record +field +before +after\n/
        !told.out.contains('resume with')
        sandbox.everything() == before

        when:
        def failed = sandbox.tell(['--dry-run', '--phase', 'products', '--keys', folder.resolve('no such file') as String])

        then:
        failed.out.readLines().findAll { it.startsWith('resume with') }.every { it.contains(' --dry-run ') }
        sandbox.everything() == before
    }

    def "a condition that the server does not understand is wrong use, told in its words: #command"() {
        given:
        def before = sandbox.everything().take(2)

        when:
        def told = sandbox.tell([*command, '--phase', 'products', '--where', condition])

        then:
        told.code == 2
        told.err.contains("cannot be read where $condition: $says")
        told.err.contains('; correct --where')
        !told.out.contains('resume with')
        sandbox.everything().take(2) == before

        where:
        command       | condition        || says
        []            | 'nonsense('      || 'syntax error'
        ['--dry-run'] | 'deletedat > 0'  || 'column "deletedat" does not exist'
        ['plan']      | 'nonsense('      || 'syntax error'
    }

    def "a script whose #where tries to write is refused with its line, and nothing is written"() {
        given:
        def before = sandbox.everything()
        def script = edited { it.replace(at, code) }

        when:
        def told = sandbox.tell(['--dry-run'], [:], script)

        then:
        told.code == 2
        told.err =~ /inventory-fields\.groovy:\d+/
        told.err.contains('in a read-only transaction; a dry run, plan and validate only look, and nothing was written')
        sandbox.everything() == before

        where:
        where       | at                    | code
        'beforeRun' | "    phase('products')" | "    beforeRun { postgres().sql.execute('delete from products') }\n    phase('products')"
        'transform' | 'transform { p -> ['  | "transform { p -> postgres().sql.execute('update products set deleted_at = 9'); ["
        'exclude'   | '    transform { p'  | "    exclude { p -> postgres().sql.execute('create table mine (id int)') }\n        transform { p"
    }

    def "the records of a file of keys are done, and no others"() {
        given:
        def ids = sandbox.products().findAll { it.value == null }.keySet().sort().take(37)
        def done = sandbox.products().findAll { it.value == 0 }.keySet()
        def keys = Files.write(folder.resolve('ids'), ids)

        when:
        def told = sandbox.tell(['--phase', 'products', '--keys', keys as String])

        then:
        told.code == 0
        sandbox.products().findAll { it.value == 0 }.keySet() - done == ids as Set
        sandbox.checkpoint() == null
        sandbox.checkpoints()*._id.every { it.startsWith('backfill_inventory_fields.part-') }
    }

    def "a limit pauses the run; a later start goes on, refuses another text of the phase, and takes it when told to"() {
        when:
        def paused = sandbox.tell(['--limit', '1000', '--batch-size', '300'])

        then:
        paused.code == 4
        paused.out.contains('the limit of 1,000 records is reached')

        when:
        def changed = sandbox.tell([], [:], edited { it.replace('p.deleted_at ?: 0]', 'p.deleted_at ?: 00]') })

        then:
        changed.code == 2
        changed.err.contains("the text of phase 'products' was changed")
        changed.err.contains('--accept-changes')

        when: 'a checkpoint of one database meets another'
        production = InventorySandbox.filled(10)
        def elsewhere = sandbox.tell([], production.sandbox.variables().findAll { it.key.startsWith('DB_') })

        then:
        elsewhere.code == 2
        elsewhere.err.contains("the source of phase 'products' has changed")
        production.products().values().any { it == null }

        when:
        def accepted = sandbox.tell(['--accept-changes'], [:], edited { it.replace('p.deleted_at ?: 0]', 'p.deleted_at ?: 00]') })

        then:
        accepted.code == 0
        sandbox.inspect().findings().findAll { !it.holds() }*.sentence() == ['the checkpoint is done, with true counts']

    }
}
