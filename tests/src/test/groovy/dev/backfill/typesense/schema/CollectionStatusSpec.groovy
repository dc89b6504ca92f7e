package dev.backfill.typesense.schema

import dev.backfill.connector.TransientFailure
import dev.backfill.typesense.Connecting
import dev.backfill.typesense.FaultServer
import spock.lang.AutoCleanup
import spock.lang.Specification

class CollectionStatusSpec extends Specification {
    @AutoCleanup
    FaultServer server

    CollectionStatus answered(String json) {
        server = FaultServer.answering(200, json)
        CollectionStatus.read(Connecting.to(Connecting.endpoint(server.port, 'top-secret')), 'products')
    }

    def 'a collection made anew is another one, and an alias leads to its collection: #json'() {
        expect:
        answered(json).identity() == identity

        where:
        json                                               || identity
        '{"name":"products","created_at":1700000000}'      || 'collection products made at 1700000000'
        '{"name":"products","created_at":1700000001}'      || 'collection products made at 1700000001'
        '{"name":"products_v2","created_at":1700000000}'   || 'collection products_v2 made at 1700000000'
    }

    def 'an answer that is no JSON can be tried again'() {
        when:
        answered('oops')

        then:
        def e = thrown TransientFailure
        e.message.startsWith('reading the fields of products: the answer is no JSON')
    }
}
