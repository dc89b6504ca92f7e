package dev.backfill.typesense.client;

import dev.backfill.plan.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a Typesense server is, and how to speak to it.
 *
 * @param timeout for connecting, and for an answer or its next part
 * @param authorities a file of certificates, in PEM, to trust instead of Java's own
 */
public record Endpoint(
        String protocol, String host, int port, Secret key, Duration timeout, Optional<Path> authorities) {
    /** "http://search:8108". */
    public String address() {
        boolean bare6 = host.contains(":") && !host.startsWith("[");
        return protocol + "://" + (bare6 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The path of a collection, and of what is below it. */
    public static String path(String collection, String below) {
        return "/collections/" + encoded(collection) + below;
    }

    /** A text as it can stand anywhere in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
