package dev.backfill.http;

import dev.backfill.http.client.Header;
import dev.backfill.http.client.Service;
import dev.backfill.http.read.Paging;
import dev.backfill.plan.Secret;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects how a script speaks to a service. */
final class ServiceBuilder implements HttpWords.ServiceBlock {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) ?(KB|MB)");

    private final String address;
    private final String name;
    private final List<Header> headers = new ArrayList<>();
    private RateBuilder limits = new RateBuilder();
    private Paging paging = new Paging.None();
    private Duration patience = Service.PATIENCE;
    private long largest = Service.LARGEST;
    private int attempts = Service.ATTEMPTS;
    private Optional<Path> authorities = Optional.empty();

    ServiceBuilder(String name, Service service) {
        this.address = service.address();
        this.name = name;
    }

    ServiceDefinition build() {
        return new ServiceDefinition(
                name, new Service(address, headers, patience, largest, authorities, attempts), limits.build(), paging);
    }

    @Override
    public void header(String name, Secret value) {
        headers.add(new Header(name, value.reveal(), Optional.of(value.name())));
    }

    @Override
    public void header(String name, String value) {
        headers.add(new Header(name, value, Optional.empty()));
    }

    @Override
    public void throttle(Consumer<HttpWords.RateBlock> block) {
        limits = new RateBuilder();
        block.accept(limits);
    }

    @Override
    public void pages(Consumer<HttpWords.PagesBlock> form) {
        PagesBuilder builder = new PagesBuilder();
        form.accept(builder);
        paging = builder.build();
    }

    @Override
    public void timeout(Number seconds) {
        BigDecimal exact = new BigDecimal(seconds.toString());
        if (exact.signum() <= 0) {
            throw new IllegalArgumentException("a timeout must be above 0 seconds, but is " + seconds);
        }
        patience = Duration.ofMillis(exact.movePointRight(3).longValue());
    }

    @Override
    public void largest(String size) {
        Matcher parts = SIZE.matcher(size.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a size is written as largest '64 MB' or '512 KB', but is '" + size + "'");
        }
        largest = Long.parseLong(parts.group(1)) * (parts.group(2).equals("MB") ? 1024 * 1024 : 1024);
    }

    @Override
    public void attempts(Integer calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, but is " + calls);
        }
        attempts = calls;
    }

    @Override
    public void certificates(String file) {
        authorities = file.isBlank() ? Optional.empty() : Optional.of(Path.of(file));
    }
}
