package dev.backfill.http;

import dev.backfill.connector.Resources;
import dev.backfill.http.client.Service;
import dev.backfill.http.client.ServiceClient;
import dev.backfill.http.read.Paging;
import java.time.Clock;

/**
 * Describes a service.
 *
 * @param name what files call it
 */
record ServiceDefinition(String name, Service service, Limits limits, Paging paging) implements HttpWords.Http {
    @Override
    public RequestDefinition get(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("get('" + path + "') needs a path that begins with a slash");
        }
        return new RequestDefinition(this, path);
    }

    ServiceClient open(Resources resources) {
        return resources.shared(
                this,
                ServiceClient.class,
                () -> new ServiceClient(service, limits.gate(), limits.concurrency(), Clock.systemUTC()));
    }
}
