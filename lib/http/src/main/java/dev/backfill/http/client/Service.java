package dev.backfill.http.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a service is, and how to speak to it.
 *
 * @param address without a slash at its end
 * @param patience for a connection, and for a whole answer
 * @param largest the most bytes that an answer may have
 * @param authorities a file of certificates, in PEM, to trust instead of Java's own
 * @param attempts how often a call that fails, and may succeed later, is made
 */
public record Service(
        String address,
        List<Header> headers,
        Duration patience,
        long largest,
        Optional<Path> authorities,
        int attempts) {
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    public static final int ATTEMPTS = 5;
    public static final long LARGEST = 32L * 1024 * 1024;

    public Service {
        headers = List.copyOf(headers);
    }

    /** {@link IllegalArgumentException} if there can be no service at that address. */
    public static Service at(String address) {
        String bare = address.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(bare);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !scheme.matches("https?") || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("no host");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "http('…') needs the address of a service, such as https://api.example.com", e);
        }
        return new Service(bare, List.of(), PATIENCE, LARGEST, Optional.empty(), ATTEMPTS);
    }

    /** The whole address of a path, or of a page of this service that is named by its whole address. */
    public String whole(String path) {
        return path.startsWith("/") || path.isEmpty() ? address + path : NextAddress.of(address, path);
    }

    /** What to check when the service does not know us: the variables of its secret headers. */
    String credentials() {
        String variables =
                headers.stream().flatMap(each -> each.variable().stream()).collect(Collectors.joining(", "));
        return variables.isEmpty() ? "the headers of http('…')" : variables;
    }

    /** A text of the service's without any value that is secret. */
    public String masked(String text) {
        String masked = text;
        for (Header header : headers) {
            if (header.variable().isPresent() && !header.value().isEmpty()) {
                masked = masked.replace(header.value(), "***");
            }
        }
        return masked;
    }
}
