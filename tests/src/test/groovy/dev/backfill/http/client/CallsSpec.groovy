package dev.backfill.http.client

import static dev.backfill.typesense.FaultServer.answer

import dev.backfill.connector.Failure
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.http.Services
import dev.backfill.typesense.FaultServer
import spock.lang.Specification
import spock.lang.Timeout

import java.net.http.HttpHeaders
import java.time.Duration

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
