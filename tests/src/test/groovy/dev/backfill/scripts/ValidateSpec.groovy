package dev.backfill.scripts

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Timeout

import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.Future

@Stepwise
@Timeout(180)
class ValidateSpec extends Specification {
    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(3_000)
    @Shared List<Object> right
    @Shared List<Object> agreed

    private Map<String, Object> phases(String json) {
        (new JsonSlurper().parseText(json) as Map).phases.collectEntries { [it.phase, it] }
    }

    private List<String> some(int from, Closure<Boolean> wanted) {
        def documents = sandbox.documents()
        sandbox.products().findAll { id, deletedAt -> documents.containsKey(id) && wanted(deletedAt) }.keySet().sort().drop(from).take(10)
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
        right = sandbox.everything()
        agreed = [sandbox.products(), sandbox.documents()]

        when:
        def told = sandbox.tell(['validate', '--json'])

        then:
        told.code == 0
        phases(told.out).products.compared == 3_000
        phases(told.out).values().every { it.wrong == 0 }
        sandbox.everything() == right
    }

    def "ten rows missed, ten products revived, ten wrong times and ten documents without fields are all found"() {
        given:
        def missed = some(0) { it == 0 }
        def revived = some(0) { it > 0 }
        def late = some(20) { it == 0 }
        def products = sandbox.products().keySet()
        def alone = sandbox.documents().findAll { id, held -> !products.contains(id) && held.created_at == 0 && held.deleted_at == 0 }.keySet().sort().take(10)
        sandbox.sql { sql -> missed.each { sql.execute('update products set deleted_at = null where id = ?', [it]) } }
        sandbox.update(revived.collect { JsonOutput.toJson([id: it, deleted_at: 0]) }.join('\n'))
        sandbox.update(late.collect { JsonOutput.toJson([id: it, created_at: 5]) }.join('\n'))
        sandbox.update(alone.collect { JsonOutput.toJson([id: it, created_at: null, deleted_at: null]) }.join('\n'))

        when:
        def told = sandbox.tell(['validate', '--json', '--sample-size', '100'])
        def products_ = phases(told.out).products
        def searched = phases(told.out)['search-only']

        then:
        [missed, revived, late, alone]*.size() == [10, 10, 10, 10]
        told.code == 5
        products_.wrong == 30
        products_.sample*.key as Set == (missed + revived + late) as Set
        products_.sample.find { it.key == revived[0] }.reasons.any { it.contains('deleted_at: 0 -> ') }
        searched.wrong == 30
        searched.sample*.key as Set == (revived + late + alone) as Set
    }

    def "a share that is good enough can be given"() {
        expect:
        sandbox.tell(['validate', '--at-least', '0.9']).code == 0
        sandbox.tell(['validate', '--at-least', '0.999']).code == 5
    }

    def "a repair mends them all, and nothing else"() {
        when:
        def told = sandbox.tell(['validate', '--repair'])

        then:
        told.code == 0
        told.out.contains('repaired: ')
        [sandbox.products(), sandbox.documents()] == agreed
    }

    def "another client that keeps deleting and reviving is no reason to cry wolf"() {
        given: 'an application that changes the row first and the document a moment later, as they do'
        def ids = some(100) { it == 0 }
        def threads = Executors.newSingleThreadExecutor()
        def stop = new CountDownLatch(1)
        Future<Integer> writes = threads.submit({
            int rounds = 0
            while (stop.count > 0) {
                ids.each { id ->
                    def deletedAt = rounds % 2 ? 0 : 1_790_000_000
                    sandbox.sql { it.execute('update products set deleted_at = ? where id = ?', [deletedAt, id]) }
                    sandbox.update(JsonOutput.toJson([id: id, deleted_at: deletedAt]))
                }
                rounds++
            }
            rounds
        } as java.util.concurrent.Callable<Integer>)

        when:
        def told = sandbox.tell(['validate', '--json'])
        stop.countDown()

        then:
        writes.get() > 1
        told.code == 0

        cleanup:
        threads.shutdownNow()
    }
}
