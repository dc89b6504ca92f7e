package dev.backfill.typesense;

import dev.backfill.plan.Settings;
import dev.backfill.typesense.client.Endpoint;
import java.nio.file.Path;

/** Answers the words with what the settings hold; what is missing or malformed is noted there. */
record ConfiguredWords(Settings settings) implements TypesenseWords {
    private static final int LARGEST_PORT = 65_535;

    @Override
    public Typesense typesense() {
        return new TypesenseDefinition(new Endpoint(
                protocol(),
                settings.text("TYPESENSE_HOST"),
                port(),
                settings.secret("TYPESENSE_API_KEY"),
                settings.seconds("TYPESENSE_CONNECTION_TIMEOUT", 10),
                settings.find("TYPESENSE_CA_FILE").map(Path::of)));
    }

    private String protocol() {
        String protocol = settings.text("TYPESENSE_PROTOCOL", "http");
        if (!protocol.equals("http") && !protocol.equals("https")) {
            settings.malformed("TYPESENSE_PROTOCOL", "http or https, but is '" + protocol + "'");
        }
        return protocol;
    }

    private int port() {
        settings.text("TYPESENSE_PORT");
        int port = settings.count("TYPESENSE_PORT", 8108);
        if (port > LARGEST_PORT) {
            settings.malformed("TYPESENSE_PORT", "at most " + LARGEST_PORT + ", but is '" + port + "'");
        }
        return port;
    }
}
