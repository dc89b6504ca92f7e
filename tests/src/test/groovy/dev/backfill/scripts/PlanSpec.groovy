package dev.backfill.scripts

import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path

/** The command plan, on the real script and its servers. */
@Stepwise
@Timeout(180)
class PlanSpec extends Specification {
    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(2_000)
    @TempDir Path folder

    private InventorySandbox.Told plan(Map<String, String> variables = [:], List<String> options = []) {
        sandbox.tell(['plan', *options], variables)
    }

    private static List<String> lines(InventorySandbox.Told told, String word) {
        told.out.readLines()*.trim().findAll { it.startsWith(word) }
    }

    def "it tells on one screen what a run has before it, and changes nothing"() {
        given:
        def before = sandbox.everything()

        when:
        def told = plan([SLEEP_BETWEEN_BATCHES: '1.5', BATCH_SIZE: '100'])

        then:
        told.code == 0
        told.out.readLines().size() < 45
        told.out.startsWith('inventory-fields: ready to run, 2 warnings; nothing was changed\n\nWarnings\n  ! ')
        told.out.contains('\nWork: a new run begins\n  phase ')
        !told.out.contains('Problems') && !told.out.contains('✗')
        told.out =~ /(?m)^  products      about 2,000         100 +\d+ s     29 s  public.products in PostgreSQL$/
        told.out =~ /(?m)^Sample of products: 100 records\n  public.products in PostgreSQL: \d+ to write.*\n    record +field +before  after\n/
        told.out =~ /(?m)^    \S+ +deleted_at  null    0$/
        told.out.contains('\n  search-only ')
        told.out =~ /(?m)^A run adds\n  \+ the field created_at \(int64/
        lines(told, '!').any { it.contains('fires the trigger touch (before, touch())') }
        lines(told, '!').any { it.contains('fsync=off') }
        told.out.contains('connections are free')
        sandbox.everything() == before
    }

    def "long facts are shown on request"() {
        expect:
        !(plan().out =~ /read in the order of|locks: /)
        plan([:], ['--verbose']).out =~ /read in the order of id \(text\), collation \S+ version/
        plan([:], ['--verbose']).out.contains('locks: row exclusive on it')
        plan([SLEEP_BETWEEN_BATCHES: '1.5', BATCH_SIZE: '100'], ['--verbose']).out.contains('at the speed of this sample, without writes, 29 s of pauses')
    }

    def "as JSON it says the same to programs"() {
        when:
        def told = new JsonSlurper().parseText(plan([:], ['--json', '--phase', 'products']).out) as Map

        then:
        told.clear && told.run == null && told.owner == null
        told.phases*.phase == ['products']
        told.phases[0].left == 2_000
        told.phases[0].glance.looked == 1_000
        told.phases[0].glance.sinks*.sink == ['public.products in PostgreSQL', 'products_search in Typesense']
        told.findings*.weight as Set == ['warning', 'fact'] as Set
    }

    def "servers that cannot be reached are all named, each with what to do, and hide nothing else"() {
        when:
        def told = plan(away)
        def problems = lines(told, '✗')

        then:
        told.code == 5
        problems.any { it.contains('nothing listens there; check host and port') } == away.containsKey('DB_PORT')
        problems.any { it.contains('check that the servers named in MONGO_URI run') } == away.containsKey('MONGO_URI')
        problems.any { it.contains('check TYPESENSE_HOST and TYPESENSE_PORT') } == away.containsKey('TYPESENSE_PORT')
        told.out.contains('connections are free') != away.containsKey('DB_PORT')
        told.out.contains('documents; the server is Typesense') != away.containsKey('TYPESENSE_PORT')
        told.out.readLines().size() < 45

        and: 'first of all, with their number at the beginning and at the end'
        told.out.readLines()[1..3]*.take(4) == ['', 'Prob', '  ✗ ']
        told.out.readLines().first().contains("${problems.size()} problem${problems.size() > 1 ? 's' : ''} found")
        told.out.readLines().last() == "${problems.size()} problem${problems.size() > 1 ? 's' : ''} found (see the top of this report)"

        where:
        away << [[DB_PORT: '1'], [MONGO_URI: 'mongodb://127.0.0.1:1', MONGO_CONNECTION_TIMEOUT: '0.3'], [TYPESENSE_PORT: '1'],
                 [DB_PORT: '1', MONGO_URI: 'mongodb://127.0.0.1:1', MONGO_CONNECTION_TIMEOUT: '0.3', TYPESENSE_PORT: '1']]
    }

    def "a wrong key, a collection that is not there and a field of another type are problems"() {
        when:
        def told = plan(variables)

        then:
        told.code == 5
        lines(told, '✗').any { it.contains(said) }
        told.out.contains('connections are free')

        where:
        variables                         | said
        [TYPESENSE_API_KEY: 'wrong']      | 'check TYPESENSE_API_KEY'
        [TYPESENSE_COLLECTION: 'nothing'] | "check the collection's name"
    }

    def "a field of another type is a problem"() {
        given:
        sandbox.create('typed', [[name: 'name', type: 'string'], [name: 'created_at', type: 'string', optional: true]])

        when:
        def told = plan([TYPESENSE_COLLECTION: 'typed'])

        then:
        told.code == 5
        lines(told, '✗')[0].contains('wanted is created_at (int64, optional, indexed, sortable, stored), but there is created_at (string')
    }

    def "privileges that are missing are named with the grants that give them"() {
        given:
        sandbox.sql { sql ->
            sql.execute "create role reader login password 'reader'"
            sql.execute 'grant usage on schema public to reader'
            sql.execute 'grant select (id, deleted_at) on products to reader'
        }

        when:
        def told = plan([DB_USER: 'reader', DB_PASSWORD: 'reader'])

        then:
        told.code == 5
        lines(told, '✗').any { it.contains('the user reader may not read created_at of public.products; its owner has to run: grant select (created_at) on "public"."products" to reader') }
        lines(told, '✗').any { it.contains('the user reader may not update deleted_at of public.products; its owner has to run: grant update (deleted_at)') }
    }

    def "a key without its unique index is a problem, and says which index to make"() {
        given:
        sandbox.sql { it.execute 'alter table products drop constraint products_pkey' }

        when:
        def told = plan()

        then:
        told.code == 5
        lines(told, '✗').any { it.contains("cannot be read by key('id')") && it.contains('create unique index concurrently') }

        cleanup:
        sandbox.sql { it.execute 'alter table products add primary key (id)' }
    }

    def "after a start that was stopped it tells where the next goes on, why there, and who works on it"() {
        given:
        sandbox.tell(['--limit', '600', '--batch-size', '300'])
        def id = sandbox.checkpoint().last_id

        when:
        def told = plan()

        then:
        told.code == 0
        told.out =~ /resumes run \d{8}-\d{6}-\w{4}, begun 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d [U+-]/
        told.out.contains("products resumes after '$id', the last record that was acknowledged and saved (600 read)")
        told.out =~ /(?m)^  products      about 1,400  /

        and: 'another text of the phase is named'
        with(sandbox.tell(['plan'], [:], edited { it.replace('p.deleted_at ?: 0]', 'p.deleted_at ?: 00]') })) {
            code == 5
            out.contains("changed since: the text of phase 'products' was changed")
            out.contains('--accept-changes')
        }
        plan([:], ['--restart']).out.contains('Work: a new run begins\n')
    }

    def "a mistake that only a record shows is told with its line"() {
        when:
        def told = sandbox.tell(['plan', '--restart'], [:], edited { it.replace('epochSeconds(p.created_at)', "epochSeconds(p['created_' + 'att'])") })

        then:
        told.code == 5
        lines(told, '✗').any { it =~ /inventory-fields\.groovy:\d+/ && it.contains('created_att') }
    }

    def "when all is done it says so"() {
        given:
        sandbox.run()

        expect:
        plan().out =~ /run \S+, begun \S+ \S+ \S+, is done: a new look for more rows/
        plan().out =~ /(?m)^  products \(done\)  +0  /
    }

    private Path edited(Closure<String> edit) {
        Files.writeString(folder.resolve('inventory-fields.groovy'), edit(Files.readString(InventorySandbox.SCRIPT)))
    }
}
