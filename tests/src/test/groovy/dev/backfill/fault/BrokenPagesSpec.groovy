package dev.backfill.fault

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Split
import dev.backfill.connector.TransientFailure
import dev.backfill.http.Services
import dev.backfill.http.read.ItemSource
import dev.backfill.http.read.PagedServer
import dev.backfill.http.read.Paging
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration

/** Pages of a list over a line that is cut in the middle of one, or over which one never ends. */
@Timeout(60)
@Requires(value = { Toxiproxy.program() }, reason = Toxiproxy.HOW)
class BrokenPagesSpec extends Specification {
    static final List<Map> ITEMS = (1..9).collect { [id: it, text: 'x' * 2_000] }
    /** In the middle of a page of three items. */
    static final int MIDDLE = 3_000

    @Shared @AutoCleanup Toxiproxy proxy = Toxiproxy.start()
    @AutoCleanup PagedServer server = new PagedServer()
    String way

    private ItemSource source(Paging paging, String path, Map with = [:]) {
        server.items = ITEMS
        way = "pages-${UUID.randomUUID()}"
        def port = proxy.way(way, URI.create(server.address).port)
        new ItemSource(Services.client([patience: Duration.ofMillis(500)] + with, "http://127.0.0.1:$port"),
            new ItemSource.Listing(path, 'data.products', paging))
    }

    private static List<Batch> walk(ItemSource source, Cursor from) {
        List<Batch> batches = [source.read(Split.whole(), from, 3)]
        while (!batches.last().last()) {
            batches << source.read(Split.whole(), batches.last().next(), 3)
        }
        batches
    }

    def "a page that is #fault is asked for again, and no item of it is lost or doubled: #path"() {
        given:
        def source = source(paging, path)
        def first = source.read(Split.whole(), Cursor.start(), 3)

        when: 'the second page does not come whole'
        proxy.add(way, toxic, attributes)
        source.read(Split.whole(), first.next(), 3)

        then:
        def failure = thrown TransientFailure
        failure.message.contains("GET http://127.0.0.1:")

        when:
        proxy.mend(way, toxic)
        def rest = walk(source, first.next())

        then:
        first.rows()*.id + rest.collectMany { it.rows()*.id } == (1L..9L)

        where:
        [[fault, toxic, attributes], [path, paging]] << [
            [['cut in its middle', 'limit_data', [bytes: MIDDLE]], ['begun and never ends', 'bandwidth', [rate: 0]],
             ['reset', 'reset_peer', [timeout: 0]]],
            [['/cursor', new Paging.Next('meta.next_page', 'after', true)], ['/offset', new Paging.Offset(3, 0, 'offset', 'limit')], ['/page', new Paging.Numbered(3, 'page', 'limit')]]].combinations()
    }

    def "a page that goes on beyond the largest answer is given up and does not fill the memory"() {
        given:
        def source = source(new Paging.Next('meta.next_page', 'after', true), '/cursor', [largest: 1L << 20])
        server.raw = ' ' * 3_000_000

        when:
        source.read(Split.whole(), Cursor.start(), 3)

        then:
        def refused = thrown RejectedFailure
        refused.message.contains('the answer is larger than 1 MB')
    }
}
