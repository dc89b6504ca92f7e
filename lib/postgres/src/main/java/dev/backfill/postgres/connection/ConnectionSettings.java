package dev.backfill.postgres.connection;

import dev.backfill.plan.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Names which database is meant and how it is reached. Equal settings share their connections.
 *
 * @param options further properties of the driver, by its names: sslmode, sslrootcert, connectTimeout (seconds)
 */
public record ConnectionSettings(
        String host, int port, String database, String user, Secret password, Map<String, String> options) {
    /** Seconds in which a connection must stand, if nothing else is said. */
    public static final int CONNECT_SECONDS = 10;

    public ConnectionSettings {
        options = Map.copyOf(options);
    }

    /** Seconds in which a connection must stand. */
    public int connectSeconds() {
        return Integer.parseInt(options.getOrDefault("connectTimeout", String.valueOf(CONNECT_SECONDS)));
    }

    public ConnectionSettings with(String option, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new ConnectionSettings(host, port, database, user, password, more);
    }

    public ConnectionSettings with(String option, Optional<String> value) {
        return value.map(set -> with(option, set)).orElse(this);
    }

    /** What it is, for messages: "shop on db.example.com:5432". */
    public String title() {
        return database + " on " + host + ":" + port;
    }

    @Override
    public String toString() {
        return user + "@" + title();
    }
}
