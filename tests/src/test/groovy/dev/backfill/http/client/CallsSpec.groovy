package dev.backfill.http.client

import static dev.backfill.typesense.FaultServer.answer

import dev.backfill.connector.Failure
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.http.Services
import dev.backfill.typesense.FaultServer
import com.sun.net.httpserver.HttpServer
import spock.lang.Specification
import spock.lang.Timeout

import java.net.http.HttpHeaders
import java.time.Duration
import java.util.zip.GZIPOutputStream

@Timeout(60)
class CallsSpec extends Specification {
    private static Failure failure(FaultServer server, Map<String, ?> with = [:]) {
        def client = Services.client(with, "http://127.0.0.1:$server.port")
        try {
            client.failure('/x', client.get('/x'))
        } catch (Failure failure) {
            failure
        } finally {
            server.close()
        }
    }

    def "an answer with #status is #kind.simpleName"() {
        expect:
        kind.isInstance(failure(FaultServer.answering(status, '{"errors":"no"}')))

        where:
        status | kind
        301    | FatalFailure
        400    | RejectedFailure
        401    | FatalFailure
        403    | FatalFailure
        404    | RejectedFailure
        408    | TransientFailure
        422    | RejectedFailure
        429    | ThrottledFailure
        500    | TransientFailure
        502    | TransientFailure
        503    | TransientFailure
    }

    def "a wrong token is told with the variables to check, and never shows"() {
        when:
        def told = failure(FaultServer.answering(401, 'token s3cret-token is unknown'), [user: 's3cret-token'])

        then:
        told.message.contains('RELBASE_COMPANY_TOKEN, RELBASE_USER_TOKEN')
        told.message.contains('token *** is unknown')
        !told.message.contains('s3cret')
    }

    def "it waits as told: '#header' is #wait"() {
        expect:
        (failure(FaultServer.answering(status, 'slow', "Retry-After: $header".toString(), 'Date: Wed, 25 Nov 2026 12:00:00 GMT')) as ThrottledFailure)
                .delay() == Optional.of(Duration.ofSeconds(wait))

        where:
        status | header                          | wait
        429    | '7'                             | 7
        429    | '0'                             | 0
        429    | 'Wed, 25 Nov 2026 12:00:05 GMT' | 5
        429    | 'Wed, 25 Nov 2026 11:00:00 GMT' | 0
        503    | '3'                             | 3
        429    | '2147483647'                    | 86_400
        429    | '2147483648'                    | 86_400
        429    | '9' * 400                       | 86_400
        429    | '-5'                            | 0
        429    | '-' + '9' * 400                 | 0
        429    | '1.5'                           | 1
        429    | 'Wed, 25 Nov 2099 12:00:05 GMT' | 86_400
        503    | 'Wed, 25 Nov 2026 11:59:59 GMT' | 0
    }

    def "a wait that cannot be read is none"() {
        expect:
        (failure(FaultServer.answering(429, '', 'Retry-After: soon')) as ThrottledFailure).delay().empty
    }

    def "an answer that is cut, that never comes, or that stalls can be tried again: #what"() {
        when:
        def told = failure(new FaultServer([bytes] as String[]), [patience: Duration.ofMillis(300)])

        then:
        told instanceof TransientFailure
        told.message.startsWith('GET http://127.0.0.1:')

        where:
        what    | bytes
        'cut'   | 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data":'
        'never' | null
        'stall' | 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data":…'
        'empty' | ''
    }

    def "an answer larger than it may be is broken off"() {
        when:
        def told = failure(FaultServer.answering(200, 'x' * 200_000), [largest: 100_000L])

        then:
        told instanceof RejectedFailure
        told.message.contains("largest '64 MB'")
    }

    def "where nothing listens it can be tried again; where there is no such host it cannot"() {
        given:
        def server = new FaultServer('')
        def free = server.port
        server.close()

        when:
        Services.client("http://127.0.0.1:$free").get('/x')

        then:
        def refused = thrown TransientFailure
        refused.message.contains('check the address, and that it runs')

        when:
        Services.client('http://no-such-host.invalid').get('/x')

        then:
        def unknown = thrown FatalFailure
        unknown.message.contains('there is no host')
    }

    def "the headers go to the service alone: it does not follow to another place"() {
        given:
        def other = FaultServer.answering(200, '{}')

        when:
        def told = failure(FaultServer.answering(302, '', "Location: http://127.0.0.1:$other.port/"))

        then:
        told instanceof FatalFailure
        other.requests.empty

        cleanup:
        other.close()
    }

    def "the Link header tells the next page: #header"() {
        given:
        def headers = HttpHeaders.of([Link: [header]], { a, b -> true })

        expect:
        LinkHeader.next(headers) == Optional.ofNullable(next)

        where:
        header                                                                    | next
        '<https://a.b/x?page=2>; rel="next"'                                      | 'https://a.b/x?page=2'
        '<https://a.b/x?page=1>; rel="prev", <https://a.b/x?page=3>; rel="next"'  | 'https://a.b/x?page=3'
        '</x?cursor=a%2Cb>; title="a, b"; rel=next'                               | '/x?cursor=a%2Cb'
        '<https://a.b/x?page=1>; rel="prev"'                                      | null
        'nonsense'                                                                | null
    }

    def "a next page is resolved as RFC 3986 says, against the page's own address: #next of #own"() {
        expect:
        NextAddress.of(own, next) == whole

        where:
        own                          | next                        || whole
        'http://a.b/api/x'           | '?page=2'                   || 'http://a.b/api/x?page=2'
        'http://a.b/api/x?page=1'    | '?page=2'                   || 'http://a.b/api/x?page=2'
        'http://a.b/api/x'           | '/api/x?page=2'             || 'http://a.b/api/x?page=2'
        'http://a.b/api/x'           | 'y?page=2'                  || 'http://a.b/api/y?page=2'
        'http://a.b/api/x'           | '../x?page=2'               || 'http://a.b/x?page=2'
        'http://a.b/api/x'           | '../../../x'                || 'http://a.b/x'
        'http://a.b/api/x'           | '//a.b/y'                   || 'http://a.b/y'
        'http://a.b'                 | 'x?page=2'                  || 'http://a.b/x?page=2'
        'http://a.b/api/x'           | 'http://A.B:80/y?c=a%2Cb'   || 'http://A.B:80/y?c=a%2Cb'
        'https://a.b/x'              | 'https://a.b:443/y'         || 'https://a.b:443/y'
        'http://a.b:8080/x'          | 'http://a.b:8080/y#part'    || 'http://a.b:8080/y'
        'http://a.b/x'               | '/x?page[number]=2&q=a b|c' || 'http://a.b/x?page[number]=2&q=a%20b%7Cc'
    }

    def "a next page at another scheme, host or port is refused, so that the headers go nowhere else: #next"() {
        when:
        NextAddress.of('http://127.0.0.1:9101/x', next)

        then:
        def refused = thrown FatalFailure
        refused.message.contains('pages { … }')

        where:
        next << ['@127.0.0.1:9102/x', '//127.0.0.1:9102/x', 'http://127.0.0.1:9102/x', 'https://127.0.0.1:9101/x', 'http://evil.example/x',
                 'http://user@127.0.0.1:9101/x', 'http://127.0.0.1:9101@evil.example/x', '//evil.example/x', 'javascript:alert(1)', 'http:///x', 'http://127.0.0.1/x', 'ftp://127.0.0.1:9101/x']
    }

    def "an answer that is packed with gzip is read, and is bounded by what it holds"() {
        given:
        def text = '{"a":"' + 'x' * 50_000 + '"}'
        def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        server.createContext('/') { exchange ->
            def packed = new ByteArrayOutputStream()
            new GZIPOutputStream(packed).withCloseable { it.write(text.bytes) }
            exchange.responseHeaders.set('Content-Encoding', 'gzip')
            exchange.sendResponseHeaders(200, packed.size())
            exchange.responseBody.write(packed.toByteArray())
            exchange.close()
        }
        server.start()

        expect:
        new String(Services.client("http://127.0.0.1:$server.address.port").get('/x').body()) == text

        when:
        Services.client([largest: 10_000L], "http://127.0.0.1:$server.address.port").get('/x')

        then:
        def large = thrown RejectedFailure
        large.message.contains("largest '64 MB'")

        cleanup:
        server.stop(0)
    }

    def "a header with a line break or of a wrong name is refused without its value"() {
        when:
        new Header(name, value, Optional.of('API_TOKEN'))

        then:
        def refused = thrown IllegalArgumentException
        !refused.message.contains('s3cret')

        where:
        name      | value
        'company' | "s3cret\nx: y"
        'a b'     | 's3cret'
        'Host'    | 's3cret'
        'company' | 's3cret €'
    }

    def "#address is no address of a service"() {
        when:
        Service.at(address)

        then:
        thrown IllegalArgumentException

        where:
        address << ['api.example.com', 'ftp://a.b', 'https://', 'https://user:secret@a.b', 'http://a b']
    }
}
