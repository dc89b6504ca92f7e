package dev.backfill.sandbox.typesense;

import java.util.Map;
import java.util.Optional;

/** A running Typesense server, real or stood in for, that is empty at first and listens on loopback only. */
public interface SearchServer extends AutoCloseable {
    String host();

    int port();

    String apiKey();

    /** What it is, for the person in front of it: "Typesense (typesense-server)" or "our stand-in for Typesense". */
    String describe();

    @Override
    void close();

    /** The variables by which a script finds it. */
    default Map<String, String> variables() {
        return Map.of(
                "TYPESENSE_HOST", host(),
                "TYPESENSE_PORT", String.valueOf(port()),
                "TYPESENSE_PROTOCOL", "http",
                "TYPESENSE_API_KEY", apiKey());
    }

    /**
     * Starts the real server if its program is present, else the stand-in.
     *
     * @param environment where TYPESENSE_SERVER or PATH may say the program's place
     */
    static SearchServer start(Map<String, String> environment, String apiKey) {
        Optional<SearchServer> real =
                TypesenseProcess.program(environment).map(program -> TypesenseProcess.start(program, apiKey));
        return real.orElseGet(() -> TypesenseServer.start(apiKey));
    }
}
