package dev.backfill.typesense

import dev.backfill.plan.Secret
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.typesense.client.Endpoint
import dev.backfill.typesense.client.TypesenseClient

import java.time.Clock
import java.time.Duration

/** Clients of servers that specs start. */
class Connecting {
    static Endpoint endpoint(int port, String key = 'k', Duration timeout = Duration.ofSeconds(5)) {
        new Endpoint('http', '127.0.0.1', port, new Secret('TYPESENSE_API_KEY', key), timeout, Optional.empty())
    }

    static TypesenseClient to(Endpoint endpoint, Clock clock = Clock.systemUTC()) {
        new TypesenseClient(endpoint, clock)
    }

    static TypesenseClient to(SearchServer server) {
        to(endpoint(server.port(), server.apiKey()))
    }
}
