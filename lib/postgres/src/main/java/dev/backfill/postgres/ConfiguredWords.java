package dev.backfill.postgres;

import dev.backfill.plan.ScriptContext;
import dev.backfill.plan.Secret;
import dev.backfill.plan.Settings;
import dev.backfill.postgres.connection.ConnectionSettings;
import dev.backfill.postgres.connection.ConnectionUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the words with what the settings hold; what is missing or malformed is noted there. */
record ConfiguredWords(Settings settings, ScriptContext context) implements PostgresWords {
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    @Override
    public Postgres postgres() {
        ConnectionSettings connection = new ConnectionSettings(
                settings.text("DB_HOST"),
                port(),
                settings.text("DB_DATABASE"),
                settings.text("DB_USER"),
                settings.secret("DB_PASSWORD"),
                Map.of());
        return new PostgresDefinition(
                connection
                        .with("connectTimeout", String.valueOf(seconds()))
                        .with("sslmode", sslMode())
                        .with("sslrootcert", settings.find("DB_SSLROOTCERT")),
                context);
    }

    private int port() {
        settings.text("DB_PORT");
        return settings.count("DB_PORT", 5432);
    }

    /** The driver counts in whole seconds, and takes 0 for no limit. */
    private long seconds() {
        double otherwise = ConnectionSettings.CONNECT_SECONDS;
        return Math.max(
                1,
                settings.seconds("DB_CONNECTION_TIMEOUT", otherwise)
                        .plusMillis(999)
                        .toSeconds());
    }

    private Optional<String> sslMode() {
        Optional<String> mode = settings.find("DB_SSLMODE");
        if (mode.isPresent() && !SSL_MODES.contains(mode.get())) {
            settings.malformed(
                    "DB_SSLMODE", "one of " + String.join(", ", SSL_MODES) + ", but is '" + mode.get() + "'");
        }
        return mode;
    }

    @Override
    public Postgres postgres(Secret url) {
        try {
            return new PostgresDefinition(ConnectionUrl.read(url), context);
        } catch (IllegalArgumentException e) {
            if (!url.reveal().isEmpty()) { // else it is noted as missing
                settings.malformed(url.name(), String.valueOf(e.getMessage()));
            }
            return new PostgresDefinition(new ConnectionSettings("", 0, "", "", url, Map.of()), context);
        }
    }
}
