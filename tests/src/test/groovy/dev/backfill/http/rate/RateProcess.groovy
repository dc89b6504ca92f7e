package dev.backfill.http.rate

import dev.backfill.http.Services
import dev.backfill.http.client.ServiceClient

import java.nio.file.Path
import java.time.Clock
import java.time.Duration

/** A process of its own that makes so many calls at the rate that all share in a file: address, file, calls. */
class RateProcess {
    static void main(String[] arguments) {
        def gate = Gate.shared(new Rate(60, Duration.ofSeconds(1)), Path.of(arguments[1]), Services.WAITER)
        def service = Services.client(arguments[0]).service()
        call(new ServiceClient(service, gate, 8, Clock.systemUTC()), arguments[2] as int)
        System.exit(0)
    }

    static void call(ServiceClient client, int calls) {
        (0..<calls).collect { client.begin("/api/v1/productos/${5001 + it % 400}/lotes_series/1910") }
                .each { assert it.join().status() in [200, 404] }
    }
}
