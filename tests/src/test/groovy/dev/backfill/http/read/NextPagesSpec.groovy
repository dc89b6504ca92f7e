package dev.backfill.http.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Split
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.MissingFieldException
import dev.backfill.http.Services
import dev.backfill.sandbox.relbase.RelbaseServer
import spock.lang.AutoCleanup
import spock.lang.Specification

class NextPagesSpec extends Specification {
    @AutoCleanup PagedServer server = new PagedServer()

    private List ids(String path, Paging paging, String base = '', int limit = 100) {
        def source = new ItemSource(Services.client(server.address + base), new ItemSource.Listing(path, 'data.products', paging))
        def batch = source.read(Split.whole(), Cursor.start(), limit)
        def ids = batch.rows()*.id
        while (!batch.last()) {
            batch = source.read(Split.whole(), batch.next(), limit)
            ids.addAll(batch.rows()*.id)
        }
        ids
    }

    def "a base path is not doubled, and a bare query asks the page's own path: #next"() {
        given:
        server.pages['/api/x'] = [data: [products: [[id: 1]]], meta: [next: next]]
        server.pages['/api/x?page=2'] = [data: [products: [[id: 2]]], meta: [next: null]]

        expect:
        ids('/x', new Paging.Next('meta.next', 'page'), '/api') == [1, 2]

        where:
        next << ['/api/x?page=2', '?page=2', './x?page=2', 2]
    }

    def "a place of the next page that the first answer lacks is an error, unless it may lack it"() {
        given:
        server.pages['/x'] = [data: [products: [[id: 1]]], meta: [next_page: '/x?page=2']]

        when:
        ids('/x', new Paging.Next('meta.nxt', 'page'))

        then:
        def refused = thrown FatalFailure
        refused.message.contains("the answer has no 'meta.nxt'")
        refused.message.contains('next_page')

        expect:
        ids('/x', new Paging.Next('meta.nxt', 'page', true)) == [1]

        when:
        ids('/x', new Paging.Next('meta', 'page'))

        then:
        thrown FatalFailure
    }

    def "an answer after the first may lack it: that is the end"() {
        given:
        server.pages['/x'] = [data: [products: [[id: 1]]], meta: [next: '/x?page=2']]
        server.pages['/x?page=2'] = [data: [products: [[id: 2]]]]

        expect:
        ids('/x', new Paging.Next('meta.next', 'page')) == [1, 2]
    }

    def "an item that lacks an optional field has null there; a misspelt name is an error"() {
        given:
        server.items = [[id: 1, name: 'a'], [id: 2]]
        def source = new ItemSource(Services.client(server.address), new ItemSource.Listing('/whole', 'data.products', new Paging.None()))

        when:
        def rows = source.read(Split.whole(), Cursor.start(), 10).rows()

        then:
        rows*.name == ['a', null]
        source.find(['2'])*.id == [2]

        when:
        rows[1].nmae

        then:
        thrown MissingFieldException
    }

    def "a circle of pages ends as an error, #limit at a time"() {
        given:
        server.pages['/x'] = [data: [products: [[id: 1]]], meta: [next: '/x?page=2']]
        (2..4).each { server.pages["/x?page=$it" as String] = [data: [products: [[id: it]]], meta: [next: "/x?page=${it == 4 ? 2 : it + 1}" as String]] }

        when:
        ids('/x', new Paging.Next('meta.next', 'page'), '', limit)

        then:
        def refused = thrown FatalFailure
        refused.message.contains('the same page comes again and again')

        where:
        limit << [1, 2, 100]
    }

    def "a list that is null is an empty page"() {
        given:
        server.pages['/x'] = [data: [products: [[id: 1]]], meta: [next: '/x?page=2']]
        server.pages['/x?page=2'] = [data: [products: null], meta: [next: '/x?page=3']]
        server.pages['/x?page=3'] = [data: [products: [[id: 3]]], meta: [next: null]]

        expect:
        ids('/x', new Paging.Next('meta.next', 'page')) == [1, 3]
    }

    def "an item that vanishes between two pages is noticed by the total: #paging"() {
        given:
        server.items = (1..10).collect { [id: it] }
        server.afterAnswer = { if (server.asked.size() == 1) { server.items = server.items.tail() } }

        when:
        ids(path, paging)

        then:
        def refused = thrown FatalFailure
        refused.message.contains('the list had 10 items on the page before, and has 9 now')

        where:
        path      | paging
        '/offset' | new Paging.Offset(4, 0, 'offset', 'limit', 0, 'meta.total')
        '/page'   | new Paging.Numbered(4, 'page', 'limit', 'meta.total')
    }

    def "pages that overlap lose no item when others vanish, and say so when more vanish than they overlap"() {
        given:
        server.items = (1..20).collect { [id: it] }
        server.afterAnswer = { if (server.asked.size() == 1) { server.items = server.items.drop(gone) } }

        expect:
        ids('/offset', new Paging.Offset(5, 0, 'offset', 'limit', 2, '')) == (1..20)

        where:
        gone << [0, 1]
    }

    def "more that vanish than overlap are noticed"() {
        given:
        server.items = (1..20).collect { [id: it] }
        server.afterAnswer = { if (server.asked.size() == 1) { server.items = server.items.drop(3) } }

        when:
        ids('/offset', new Paging.Offset(5, 0, 'offset', 'limit', 2, ''))

        then:
        def refused = thrown FatalFailure
        refused.message.contains('may have been skipped')
    }

    def "an answer that is no list is an error with the service's own words, and no secret: #body"() {
        given:
        server.raw = body

        when:
        ids('/x', new Paging.None())

        then:
        def refused = thrown TransientFailure
        refused.message.contains(said)
        !refused.message.contains(RelbaseServer.USER)

        where:
        body                                              || said
        ''                                                || 'status 200, with nothing in it'
        '<html><body>Sign in please</body></html>'         || 'Sign in please'
        '{"error":"quota of ' + RelbaseServer.USER + '"}'  || 'quota of ***'
    }
}
