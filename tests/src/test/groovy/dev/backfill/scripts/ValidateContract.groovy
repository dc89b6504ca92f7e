package dev.backfill.scripts

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Timeout

/** What validation promises, with whichever server of search: it finds what differs, all of it and nothing else, and mends it. */
@Stepwise
@Timeout(600)
abstract class ValidateContract extends Specification {
    static final String ROW = 'public.products in PostgreSQL: '
    static final String DOCUMENT = 'products_search in Typesense: '

    @Shared @AutoCleanup InventorySandbox sandbox
    @Shared Map<String, Map<String, Object>> right
    @Shared Map<String, String> spoiltRows
    @Shared Map<String, String> spoiltLines
    @Shared Set<String> missed
    @Shared Set<String> revived
    @Shared Set<String> late
    @Shared Set<String> alone
    @Shared Set<String> others

    abstract InventorySandbox filled()

    abstract int size()

    def setupSpec() {
        sandbox = filled()
    }

    private static Map<String, Map<String, Object>> phases(String json) {
        (new JsonSlurper().parseText(json) as Map).phases.collectEntries { [it.phase, it] }
    }

    /** The reasons why each record that is told does not agree. */
    private static Map<String, List<String>> named(Map<String, Object> phase) {
        phase.sample.collectEntries { [it.key, it.reasons] }
    }

    /** Ten of them, from all over. */
    private static Set<String> ten(Collection<String> ids) {
        def sorted = ids.sort(false)
        (0..<10).collect { sorted[it * sorted.size().intdiv(10)] } as Set
    }

    private Map<String, List<String>> reasons(Set<String> ids, Closure<List<String>> reasons) {
        ids.collectEntries { [it, reasons(right[it])] }
    }

    /** Exactly the forty are named, each with what is wrong with it. */
    protected boolean namesTheForty(InventorySandbox.Told told) {
        def told_ = phases(told.out)
        def shown = reasons(revived) { [DOCUMENT + "deleted_at: 0 -> $it.deleted_at"] } + reasons(late) { [DOCUMENT + "created_at: 5 -> $it.created_at"] }
        def empty = reasons(missed + alone) { [DOCUMENT + "created_at: null -> $it.created_at, deleted_at: null -> 0"] }
        assert named(told_.products) == shown + empty.subMap(missed).collectEntries { id, reasons -> [id, [ROW + 'deleted_at: null -> 0'] + reasons] }
        assert named(told_['search-only']) == shown + empty
        [told_.products, told_['search-only']]*.wrong == [30, 40]
    }

    /** Spoils forty records behind the run's back. */
    private void spoil() {
        sandbox.sql { sql -> missed.each { sql.execute('update products set deleted_at = null where id = ?', [it]) } }
        send(missed + alone, [created_at: null, deleted_at: null])
        send(revived, [deleted_at: 0])
        send(late, [created_at: 5])
    }

    private void send(Collection<String> ids, Map<String, Object> fields) {
        sandbox.update(ids.collect { JsonOutput.toJson([id: it] + fields) }.join('\n'))
    }

    def "what has not been run cannot be validated"() {
        when:
        def told = sandbox.tell(['validate'])

        then:
        told.code == 2
        told.err.contains('has not been run')
    }

    def "after a run everything agrees, and looking changes nothing"() {
        given:
        sandbox.run()
        def right = sandbox.everything()

        when:
        def told = sandbox.tell(['validate', '--json'])

        then:
        told.code == 0
        phases(told.out).products.compared == size()
        phases(told.out).values().every { it.wrong == 0 }
        sandbox.everything() == right
    }

    def "ten rows missed, ten products revived, ten wrong times and ten documents without fields are named, and nothing else"() {
        given:
        def products = sandbox.products()
        right = sandbox.documents()
        def active = products.findAll { id, deletedAt -> deletedAt == 0 && right.containsKey(id) && right[id].created_at > 5 }.keySet()
        missed = ten(active)
        late = ten(active - missed)
        others = (active - missed - late).take(300) as Set
        revived = ten(products.findAll { id, deletedAt -> deletedAt > 0 && right.containsKey(id) }.keySet())
        alone = ten(right.findAll { id, held -> !products.containsKey(id) && held.created_at == 0 && held.deleted_at == 0 }.keySet())
        spoil()
        spoiltRows = sandbox.rows()
        spoiltLines = sandbox.lines()

        when:
        def told = sandbox.tell(['validate', '--json', '--sample-size', '100', '--at-least', '0.99999'])

        then:
        told.code == 5
        namesTheForty(told)
    }

    def "while an application keeps writing, the same forty are named, and nothing else; a share that is good enough can be given"() {
        given:
        def shop = new BusyShop(sandbox, others)

        when: 'and a share that holds is good enough'
        def told = sandbox.tell(['validate', '--json', '--sample-size', '100', '--at-least', '0.9'])

        then:
        shop.finish() >= others.size()
        told.code == 0
        namesTheForty(told)

        cleanup:
        shop?.close()
    }

    def "a repair mends the forty while the application keeps writing, and touches no other row and no other document"() {
        given:
        def shop = new BusyShop(sandbox, others)

        when:
        def told = sandbox.tell(['validate', '--repair'])
        shop.finish()
        def rows = changed(sandbox.rows(), spoiltRows)
        def lines = changed(sandbox.lines(), spoiltLines)
        def documents = sandbox.documents()

        then:
        told.code == 0
        told.out.contains('repaired: ')
        rows == missed
        lines == missed + revived + late + alone

        and: 'they are as they were before'
        documents.subMap(lines) == right.subMap(lines)
        sandbox.products().subMap(missed).values() as Set == [0L] as Set

        cleanup:
        shop?.close()
    }

    /** Which have changed, come or gone, but those that the application writes. */
    private Set<String> changed(Map<String, String> now, Map<String, String> before) {
        (now.keySet() + before.keySet()).findAll { now[it] != before[it] } - others
    }

    def "then it is valid, and what the application wrote meanwhile has come through"() {
        given:
        def products = sandbox.products()
        def documents = sandbox.documents()

        expect:
        sandbox.tell(['validate']).code == 0
        others.every { documents[it].deleted_at == products[it] }
    }
}
