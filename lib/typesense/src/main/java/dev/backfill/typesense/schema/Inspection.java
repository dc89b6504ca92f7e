package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.typesense.client.Answer;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.TypesenseClient;
import dev.backfill.words.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Looks at a collection and its server before a run, and changes nothing. */
public record Inspection(TypesenseClient client, String collection) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * What can be reported; what would stop any run, such as a wrong key, is a problem.
     *
     * @param fields what is to be said of the fields
     */
    public List<Diagnostic> findings(Function<Schema, List<Diagnostic>> fields) {
        try {
            CollectionStatus status = CollectionStatus.read(client, collection);
            List<Diagnostic> findings = new ArrayList<>(fields.apply(status.schema()));
            findings.addAll(health());
            findings.add(Diagnostic.info(status.name() + " has " + Quantity.of(status.documents(), "document")));
            findings.add(Diagnostic.info(version()));
            disk().ifPresent(findings::add);
            return findings;
        } catch (FatalFailure e) {
            return List.of(Diagnostic.problem(String.valueOf(e.getMessage())));
        }
    }

    private List<Diagnostic> health() {
        Answer answer = ask("/health");
        return answer.success()
                ? List.of()
                : List.of(Diagnostic.warning(
                        "the server at " + client.endpoint().address() + " says that it is not well ("
                                + answer.message() + "); look at its disk, its memory and its log before a run"));
    }

    /** Many keys may work with documents, and not ask for this. */
    private String version() {
        Answer answer = ask("/debug");
        String version = answer.success() ? version(answer) : "";
        return "the server is Typesense" + (version.isEmpty() ? "" : " " + version) + " at "
                + client.endpoint().address();
    }

    private static String version(Answer answer) {
        try {
            return MAPPER.readTree(answer.body()).path("version").asText("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Only a key for everything may ask. */
    private Optional<Diagnostic> disk() {
        Answer answer = ask("/metrics.json");
        try {
            JsonNode metrics = MAPPER.readTree(answer.success() ? answer.body() : new byte[] {'{', '}'});
            double total = metrics.path("system_disk_total_bytes").asDouble(0);
            double free = total - metrics.path("system_disk_used_bytes").asDouble(0);
            String text = String.format(
                    Locale.ROOT,
                    "%.1f of %.1f GB of the disk at %s are free",
                    free / 1e9,
                    total / 1e9,
                    client.endpoint().address());
            return total == 0
                    ? Optional.empty()
                    : Optional.of(
                            free < total / 10
                                    ? Diagnostic.warning(
                                            text + "; a Typesense without room stops taking writes: make some")
                                    : Diagnostic.info(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Answer ask(String path) {
        return client.exchange(Call.get(
                "looking at the server of " + collection,
                path,
                client.endpoint().timeout()));
    }
}
