package dev.backfill.postgres.connection;

import dev.backfill.plan.Secret;
import dev.backfill.words.Nearest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the URL of a database: {@code postgres://user:password@host:5432/database?sslmode=require} with percent-encoding,
 * as libpq and Go write it, or {@code jdbc:postgresql:}. Its messages never hold any part of the URL but names of options.
 */
public final class ConnectionUrl {
    private static final String FORM = "a URL such as postgres://user:password@host:5432/database?sslmode=require";
    private static final String JDBC_FORM = "a URL such as jdbc:postgresql://host:5432/database?user=…&password=…";
    /** A password may hold any character: the last at sign ends it. */
    private static final Pattern URL =
            Pattern.compile("(?<jdbc>jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>.*))?@)?"
                    + "(?<host>\\[[^]]+]|[^:/?@,]+)(?::(?<port>\\d{1,5}))?/(?<database>[^/?]+)(?:\\?(?<options>.*))?");

    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "user", "user",
            "password", "password",
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding");
    /** What other clients put there, and what changes nothing for us. */
    private static final Set<String> PASSED_OVER = Set.of("application_name", "ApplicationName", "pgbouncer");

    private ConnectionUrl() {}

    /** {@link IllegalArgumentException} with what is expected if the text is no such URL. */
    public static ConnectionSettings read(Secret url) {
        Matcher parts = URL.matcher(url.reveal().trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException(url.reveal().startsWith("jdbc:") ? JDBC_FORM : FORM);
        }
        Map<String, String> options = options(part(parts, "options"), parts.group("jdbc") != null);
        String user = options.getOrDefault("user", decoded(part(parts, "user")));
        String password = options.getOrDefault("password", decoded(part(parts, "password")));
        if (user.isEmpty()) {
            throw new IllegalArgumentException(FORM + ", with a user");
        }
        options.keySet().removeAll(Set.of("user", "password"));
        if (!options.getOrDefault("connectTimeout", "1").matches("\\d{1,5}")) {
            throw new IllegalArgumentException("with a connect_timeout in whole seconds");
        }
        return new ConnectionSettings(
                decoded(part(parts, "host")),
                Integer.parseInt("0" + part(parts, "port")) == 0 ? 5432 : Integer.parseInt(part(parts, "port")),
                decoded(part(parts, "database")),
                user,
                new Secret(url.name(), password),
                options);
    }

    private static String part(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name)).orElse("");
    }

    private static Map<String, String> options(String query, boolean jdbc) {
        Map<String, String> options = new TreeMap<>();
        for (String pair : query.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            if (nameAndValue.length == 2 && !PASSED_OVER.contains(nameAndValue[0])) {
                options.put(jdbc ? nameAndValue[0] : driverName(nameAndValue[0]), decoded(nameAndValue[1]));
            }
        }
        return options;
    }

    private static String driverName(String name) {
        return Optional.ofNullable(DRIVER_NAMES.get(name))
                .orElseThrow(() -> new IllegalArgumentException("without the option '" + name
                        + "', which is not known here" + Nearest.hint(name, DRIVER_NAMES.keySet())));
    }

    /** Percent-encoding only: a plus is a plus in all parts of such a URL. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM + ", with %25 for every percent sign of the password");
        }
    }
}
