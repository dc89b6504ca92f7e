package dev.backfill.http.read

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Source
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.fake.ListSource
import dev.backfill.http.Services
import dev.backfill.sandbox.relbase.Behaviour
import dev.backfill.sandbox.relbase.RelbaseServer
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration

@Timeout(60)
class AnswerSourceSpec extends Specification {
    static final String PATH = '/api/v1/productos/{product.external_id}/lotes_series/{warehouse.id}'
    static final AnswerSource.Asking ASKING = new AnswerSource.Asking(PATH, 'lots', 'data.lot_serial_numbers', [404] as Set)

    @AutoCleanup
    RelbaseServer relbase

    private AnswerSource source(Map<String, ?> with = [:], Behaviour behaviour, List<Long> products, List<Long> warehouses) {
        relbase = relbase ?: RelbaseServer.start(behaviour)
        new AnswerSource(Services.client(with, relbase.address()), ASKING, [
            product: new ListSource('external_id', products.collect { [external_id: it] }, true),
            warehouse: new ListSource('id', warehouses.collect { [id: it] }, true)])
    }

    /** Reads on as the engine does: what fails and may pass is tried again, a few times. */
    private static Batch read(Source source, Cursor after, int limit) {
        for (int attempt = 1; ; attempt++) {
            try {
                return source.read(source.splits(1).first(), after, limit)
            } catch (TransientFailure | ThrottledFailure failure) {
                if (attempt == 20) {
                    throw failure
                }
            }
        }
    }

    private static List<Batch> walk(Source source, int limit) {
        List<Batch> batches = [read(source, Cursor.start(), limit)]
        while (!batches.last().last()) {
            batches << read(source, batches.last().next(), limit)
        }
        batches
    }

    def "calls of the next batches are under way while one is waited for, as many as may be at once, and none is made twice"() {
        given:
        def source = source(Behaviour.usual(4, 10_000, 1).slow(Duration.ofMillis(60)), [5001, 5002, 5003, 5004], [1855, 1910, 1920], concurrency: 4)

        when: 'one batch was read'
        def first = read(source, Cursor.start(), 1)

        then: 'no more were begun than may be lost by a kill'
        first.rows()*.warehouse*.id == [1855]
        relbase.calls().total() <= 4

        when:
        def rows = first.rows() + walkOn(source, first)

        then:
        rows.collect { [it.product.external_id, it.warehouse.id] } == [5001L, 5002L, 5003L, 5004L].collectMany { p -> [1855L, 1910L, 1920L].collect { w -> [p, w] } }
        relbase.calls().asked().size() == 12
        relbase.calls().asked().values().every { it == 1 }
        relbase.calls().mostUnderWay() in 2..4
    }

    private static List walkOn(Source source, Batch from) {
        def rows = []
        for (def batch = from; !batch.last();) {
            batch = read(source, batch.next(), 1)
            rows.addAll(batch.rows())
        }
        rows
    }

    def "each combination is asked once, in order, and its record has the lots: #limit at a time"() {
        given:
        def source = source(Behaviour.usual(3, 10_000, 1), [5001, 5002, 5003], [1855, 1910])

        when:
        def rows = walk(source, limit).collectMany { it.rows() }

        then:
        rows.collect { [it.product.external_id, it.warehouse.id] } == [5001L, 5002L, 5003L].collectMany { p -> [[p, 1855L], [p, 1910L]] }
        rows.collect { it.lots } == rows.collect { relbase.stock().lots(it.product.external_id, it.warehouse.id) }.collect { lots ->
            lots.collect { it + [stock: it.stock as long] }
        }
        rows.any { it.lots == [] } && rows.any { it.lots }
        rows.collect { source.key(it) }.toSet().size() == 6
        relbase.calls().asked().values().every { it == 1 }
        source.splits(1).first().rows().asLong == 6

        where:
        limit << [1, 2, 3, 4, 5, 6, 7]
    }

    def "after any batch it goes on where it was, also in another process"() {
        given:
        def whole = walk(source(Behaviour.usual(4, 10_000, 1), [5001, 5002, 5003, 5004], [1855, 1910, 1911]), 5)

        expect:
        whole.indices.every { i ->
            def fresh = source(Behaviour.usual(4, 10_000, 1), [5001, 5002, 5003, 5004], [1855, 1910, 1911])
            def rest = whole.drop(i + 1).collectMany { it.rows() }
            def cursor = Cursor.after(whole[i].next().text())
            List<Batch> again = []
            while (!again || !again.last().last()) {
                again << read(fresh, again ? again.last().next() : cursor, 4)
            }
            again.collectMany { it.rows() } == rest
        }
    }

    def "a product that is gone after a stop takes no call from the one that follows it"() {
        given:
        def first = source(Behaviour.usual(3, 10_000, 1), [5001, 5002, 5003], [1855, 1910])
        def cursor = read(first, Cursor.start(), 3).next()
        def second = source(Behaviour.usual(3, 10_000, 1), [5001, 5003], [1855, 1910])

        when:
        def rows = read(second, cursor, 10).rows()

        then:
        rows.collect { [it.product.external_id, it.warehouse.id] } == [[5003, 1855], [5003, 1910]]
    }

    def "nobody to ask for is an end"() {
        expect:
        walk(source(Behaviour.usual(3, 10_000, 1), products, warehouses), 10).collectMany { it.rows() }.empty

        where:
        products | warehouses
        []       | [1855]
        [5001]   | []
    }

    def "calls are made side by side, as many as may be"() {
        given:
        def source = source(Behaviour.usual(10, 10_000, 1).slow(Duration.ofMillis(50)), (5001..5010).collect { it as long }, [1855, 1910], concurrency: 6)

        when:
        walk(source, 12)

        then:
        relbase.calls().mostUnderWay() == 6
    }

    def "what fails now and then is asked again, and only that"() {
        given:
        def source = source(Behaviour.usual(20, 10_000, 1).faulty(0.1, 0.1), (5001..5020).collect { it as long }, [1855, 1910, 1911, 1912])

        when:
        def batches = walk(source, 16)
        def asked = relbase.calls().asked()

        then:
        batches.collectMany { it.rows() }.size() + batches.collectMany { it.unreadable() }.size() == 80
        batches.collectMany { it.unreadable() }.size() <= 2
        asked.values().sum() < 80 * 1.6
        asked.values().count { it == 1 } > 80 * 0.6
    }

    def "what fails five times is handed on as unreadable, with the reason, and the rest goes on"() {
        given:
        def broken = '/api/v1/productos/5002/lotes_series/1910'
        def source = source(Behaviour.usual(3, 10_000, 1).broken([broken] as Set), [5001, 5002, 5003], [1855, 1910])

        when:
        def batches = walk(source, 4)

        then:
        batches.collectMany { it.rows() }.size() == 5
        with(batches.collectMany { it.unreadable() }) {
            it*.key() == ['5002/1910']
            it.first().reason().contains('the service answers 50')
        }
        relbase.calls().asked()[broken] == 5
    }

    def "a call that fails holds none of its batch back, and is made as often as the script says: #attempts"() {
        given:
        def broken = '/api/v1/productos/5001/lotes_series/1910'
        def source = source(Behaviour.usual(3, 10_000, 1).broken([broken] as Set), [5001, 5002, 5003], [1855, 1910], attempts: attempts, concurrency: 1)

        when: 'one pass is made'
        try {
            source.read(source.splits(1).first(), Cursor.start(), 6)
        } catch (TransientFailure ignored) {
            assert attempts > 1
        }

        then: 'all other calls are done'
        relbase.calls().asked().size() == 6
        relbase.calls().asked().values().every { it == 1 }

        when:
        def batch = read(source, Cursor.start(), 6)

        then:
        batch.rows().size() == 5
        batch.unreadable()*.key() == ['5001/1910']
        relbase.calls().asked()[broken] == attempts
        relbase.calls().total() == 5 + attempts

        where:
        attempts << [1, 2, 5]
    }

    def "calls that fail in different batches wait together, and hold no others back; each is made as often as may be, in order"() {
        given: 'one of forty fails for ever, each in a batch of its own'
        def products = (1L..200L).toList()
        def broken = [20L, 60L, 100L, 140L, 180L]
        def source = source(Behaviour.usual(3, 10_000, 1).broken(broken.collect { path(it) } as Set), products, [1855])
        def split = source.splits(1).first()
        List<Batch> batches = []
        List<Integer> callsBeforeWait = []

        when:
        for (def cursor = Cursor.start(); !batches || !batches.last().last();) {
            try {
                batches << source.read(split, cursor, 10)
                cursor = batches.last().next()
            } catch (TransientFailure ignored) {
                callsBeforeWait << relbase.calls().asked().size()
            }
        }

        then: 'three groups of four waits, as 64 calls are made ahead: 20 with 60, 100 with 140, 180'
        callsBeforeWait == [20 + 64] * 4 + [100 + 64] * 4 + [200] * 4
        batches*.rows()*.size() == (1..20).collect { (it * 10L) in broken ? 9 : 10 }
        batches.collectMany { it.rows() }*.product*.external_id == products - broken
        batches.collectMany { it.unreadable() }*.key() == broken.collect { "$it/1855".toString() }
        relbase.calls().asked().every { called, times -> times == (called in broken.collect { path(it) } ? 5 : 1) }
    }

    def "a run that ends in a wait resumes after its last batch, whatever was called ahead"() {
        given:
        def products = (1L..60L).toList()
        def first = source(Behaviour.usual(3, 10_000, 1).broken([path(15), path(40)] as Set), products, [1855])
        def saved = read(first, Cursor.start(), 10)

        when:
        first.read(first.splits(1).first(), saved.next(), 10)

        then:
        thrown TransientFailure

        when:
        def second = source(Behaviour.usual(3, 10_000, 1), products, [1855])
        List<Batch> batches = [saved]
        while (!batches.last().last()) {
            batches << read(second, Cursor.after(batches.last().next().text()), 10)
        }

        then:
        batches.collectMany { it.rows() }*.product*.external_id == products - [15L, 40L]
        batches.collectMany { it.unreadable() }*.key() == ['15/1855', '40/1855']
    }

    private static String path(long product) {
        "/api/v1/productos/$product/lotes_series/1855"
    }

    def "a service that fails on everything is left alone after a few of a hundred calls"() {
        given:
        def products = (5001L..5100L).toList()
        def source = source(Behaviour.usual(3, 10_000, 1).broken(products.collect { "/api/v1/productos/$it/lotes_series/1855" as String } as Set),
            products, [1855], concurrency: 1)

        when:
        source.read(source.splits(1).first(), Cursor.start(), 100)

        then:
        thrown TransientFailure
        relbase.calls().total() in 3..10
    }

    def "records are found again by their keys, with a call for each of them and no other"() {
        given:
        def source = source(Behaviour.usual(3, 10_000, 1), [5001, 5002, 5003], [1855, 1910])

        expect:
        source.find(['5002/1910', '5003/1855', '7/7']).collect { source.key(it) } == ['5002/1910', '5003/1855']
        relbase.calls().total() == 2
        source.find([]) == []
    }

    def "a service that asks to be slower is heard, with its wait, and no call is lost"() {
        given:
        def source = source(Behaviour.usual(3, 4, 1).retryAfter('0'), [5001, 5002, 5003], [1855, 1910])

        when:
        source.read(source.splits(1).first(), Cursor.start(), 6)

        then:
        def told = thrown ThrottledFailure
        told.delay() == Optional.of(Duration.ZERO)
        relbase.calls().total() == 4
    }

    def "a wrong token ends it at once"() {
        given:
        def source = source(Behaviour.usual(3, 10_000, 1), [5001, 5002, 5003], [1855, 1910], user: 'wrong', concurrency: 1)

        when:
        source.read(source.splits(1).first(), Cursor.start(), 6)

        then:
        def told = thrown FatalFailure
        told.message.contains('RELBASE_USER_TOKEN')
    }

    def "a place in the path that is null names the record"() {
        given:
        relbase = RelbaseServer.start(Behaviour.usual(3, 100, 1))
        def source = new AnswerSource(Services.client(relbase.address()), ASKING, [
            product: new ListSource('sku', [[sku: 'A', external_id: null]], true), warehouse: new ListSource('id', [[id: 1]], true)])

        when:
        source.read(source.splits(1).first(), Cursor.start(), 6)

        then:
        def told = thrown FatalFailure
        told.message.contains('{product.external_id} is null')
    }
}
