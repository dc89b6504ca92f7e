package dev.backfill.http

import dev.backfill.http.client.Header
import dev.backfill.http.client.Service
import dev.backfill.http.client.ServiceClient
import dev.backfill.http.rate.Gate
import dev.backfill.http.rate.Rate
import dev.backfill.sandbox.relbase.RelbaseServer
import dev.backfill.time.StopSignal
import dev.backfill.time.SystemTime
import dev.backfill.time.Waiter

import java.nio.file.Path
import java.time.Clock
import java.time.Duration

/** Short ways to a client of a service. */
class Services {
    static final Waiter WAITER = new Waiter(new SystemTime(), new StopSignal())

    static ServiceClient client(Map<String, ?> with = [:], String address) {
        def headers = [
            new Header('company', (with.company ?: RelbaseServer.COMPANY) as String, Optional.of('RELBASE_COMPANY_TOKEN')),
            new Header('authorization', (with.user ?: RelbaseServer.USER) as String, Optional.of('RELBASE_USER_TOKEN'))]
        def service = new Service(address, headers, (with.patience ?: Duration.ofSeconds(10)) as Duration,
                (with.largest ?: Service.LARGEST) as long, Optional.ofNullable(with.authorities as Path), (with.attempts ?: Service.ATTEMPTS) as int)
        def gate = with.rate ? Gate.of(new Rate(with.rate as int, Duration.ofSeconds(1)), WAITER) : Gate.open(WAITER)
        new ServiceClient(service, gate, (with.concurrency ?: 4) as int, Clock.systemUTC())
    }
}
