package dev.backfill.mongodb;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the database out of a MongoDB address. The driver could, but it asks the name service for mongodb+srv, and a
 * script that is only checked must connect to nothing.
 */
final class DatabaseName {
    private static final Pattern PATH = Pattern.compile("^mongodb(?:\\+srv)?://[^/]*/([^?]+)");

    private DatabaseName() {}

    static Optional<String> in(String address) {
        Matcher path = PATH.matcher(address);
        return path.find() ? Optional.of(URLDecoder.decode(path.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }
}
