package dev.backfill.http;

import dev.backfill.http.client.Service;
import java.net.URI;
import java.util.function.Consumer;

/** Answers the words; all that they need stands in the script. */
record DeclaredWords() implements HttpWords {
    /** Stands in for an address whose variable is missing, which is reported elsewhere. */
    private static final String NOWHERE = "http://missing.invalid";

    @Override
    public Http http(String address) {
        return http(address, block -> {});
    }

    @Override
    public Http http(String address, Consumer<ServiceBlock> settings) {
        return http(URI.create(service(address).address()).getHost(), address, settings);
    }

    @Override
    public Http http(String name, String address, Consumer<ServiceBlock> settings) {
        ServiceBuilder builder = new ServiceBuilder(name, service(address));
        settings.accept(builder);
        return builder.build();
    }

    private static Service service(String address) {
        return Service.at(address.isBlank() ? NOWHERE : address);
    }
}
