package dev.backfill.sandbox.server;

import dev.backfill.sandbox.typesense.SearchServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs Typesense: the real server where its program is found, else the stand-in. */
public final class SearchService implements SandboxServer {
    private final SearchServer server;

    private SearchService(SearchServer server) {
        this.server = server;
    }

    /** Starts it; the environment says where the real program may be. */
    public static SearchService start(Map<String, String> environment) {
        return new SearchService(SearchServer.start(environment, "sandbox"));
    }

    public URI uri() {
        return URI.create("http://" + server.host() + ":" + server.port());
    }

    public String apiKey() {
        return server.apiKey();
    }

    @Override
    public String kind() {
        return "Typesense";
    }

    @Override
    public String describe() {
        return server.describe() + " on " + server.host() + ":" + server.port();
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(server.variables());
        variables.put("TYPESENSE_CA_FILE", "");
        return variables;
    }

    @Override
    public String lookInside() {
        return "curl -H 'X-TYPESENSE-API-KEY: " + apiKey() + "' " + uri() + "/collections";
    }

    @Override
    public void close() {
        server.close();
    }
}
