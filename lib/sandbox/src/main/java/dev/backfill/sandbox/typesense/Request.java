package dev.backfill.sandbox.typesense;

import com.sun.net.httpserver.HttpExchange;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request as it is routed.
 *
 * @param path the decoded parts of the path
 */
record Request(String method, List<String> path, Map<String, String> query, InputStream body) {
    static Request of(HttpExchange exchange) {
        List<String> path = Stream.of(exchange.getRequestURI().getRawPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> decode(part.replace("+", "%2B")))
                .toList();
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(), path, parameters(query == null ? "" : query), exchange.getRequestBody());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
