package dev.backfill.http.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.connector.TransientFailure
import dev.backfill.http.Services
import spock.lang.AutoCleanup

/** Lists in all forms of pages. */
abstract class ItemSourceContract extends SourceContract {
    @AutoCleanup PagedServer server = new PagedServer()

    abstract String path()

    abstract Paging paging()

    @Override
    Source sourceOf(int records) {
        server.items = records ? (1..records).collect { [id: it, name: "product $it" as String] } : []
        source('data.products')
    }

    private ItemSource source(String items) {
        new ItemSource(Services.client(server.address), new ItemSource.Listing(path(), items, paging()))
    }

    @Override
    List<String> keys() {
        server.items*.id*.toString()
    }

    /** The answers' own names are all that can be misspelt. */
    @Override
    Source misspelt() {
        server.items = [[id: 1]]
        def source = source('data.nmae')
        return [splits: { int wanted -> source.splits(wanted) }, key: { source.key(it) }, close: { },
                read: { split, after, limit ->
                    try {
                        source.read(split, after, limit)
                    } catch (TransientFailure failure) {
                        throw new FatalFailure(failure.message) // as after the last try
                    }
                }] as Source
    }
}

class WholeListSpec extends ItemSourceContract {
    String path() { '/whole' }
    Paging paging() { new Paging.None() }
}

class NumberedPagesSpec extends ItemSourceContract {
    String path() { '/page?sort=a' }
    Paging paging() { new Paging.Numbered(4, 'page', 'limit') }

    def "it says which page, and how large"() {
        when:
        walk(sourceOf(5), 100)

        then:
        server.asked == ['/page?sort=a&limit=4&page=1', '/page?sort=a&limit=4&page=2', '/page?sort=a&limit=4&page=3']
    }

    def "a service that ignores the number is noticed, instead of being read for ever"() {
        given:
        server.items = (1..9).collect { [id: it] }
        def source = new ItemSource(Services.client(server.address), new ItemSource.Listing('/same', 'data.products', paging()))

        when:
        source.read(source.splits(1).first(), Cursor.start(), 100)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('the same page comes again and again')
    }
}

class OffsetPagesSpec extends ItemSourceContract {
    String path() { '/offset' }
    Paging paging() { new Paging.Offset(4, 0, 'offset', 'limit') }

    def "what lies behind the last offset that the service gives is not silently left out"() {
        given:
        server.items = (1..30).collect { [id: it] }
        def source = new ItemSource(Services.client(server.address),
                new ItemSource.Listing('/offset', 'data.products', new Paging.Offset(10, 20, 'offset', 'limit')))

        when:
        source.read(source.splits(1).first(), Cursor.start(), 100)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('continues after the offset of 20')
    }
}

class CursorPagesSpec extends ItemSourceContract {
    String path() { '/cursor' }
    Paging paging() { new Paging.Next('meta.next_page', 'after') }
}

class AddressPagesSpec extends ItemSourceContract {
    String path() { '/address' }
    Paging paging() { new Paging.Next('meta.next_page', 'page') }
}

class LinkPagesSpec extends ItemSourceContract {
    String path() { '/link' }
    Paging paging() { new Paging.Link() }
}
