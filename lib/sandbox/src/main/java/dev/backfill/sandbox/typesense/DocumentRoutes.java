package dev.backfill.sandbox.typesense;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the paths below /collections/…/documents do. */
final class DocumentRoutes {
    private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

    private final StoredCollection collection;

    DocumentRoutes(StoredCollection collection) {
        this.collection = collection;
    }

    Reply answer(Request request, List<String> rest) throws IOException {
        String what = request.method() + " " + (rest.isEmpty() ? "" : rest.get(0));
        return switch (what) {
            case "POST " -> one(request, ImportAction.of(request.query().getOrDefault("action", "create")));
            case "DELETE " -> deleteMany(request);
            case "POST import" -> importLines(request);
            case "GET export" -> export(request);
            case "GET search" -> Reply.json(200, new Search(collection, request.query()).answer());
            default -> named(request, rest);
        };
    }

    private Reply named(Request request, List<String> rest) throws IOException {
        if (rest.isEmpty()) {
            throw new Refused(404, "Not Found");
        }
        return switch (request.method()) {
            case "GET" -> Reply.json(200, collection.get(rest.get(0)));
            case "DELETE" -> Reply.json(200, collection.delete(rest.get(0)));
            case "PATCH" -> update(request, rest.get(0));
            default -> Reply.refused(404, "Not Found");
        };
    }

    private Reply one(Request request, ImportAction action) throws IOException {
        String body = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        return Reply.json(201, collection.apply(Json.document(body), action));
    }

    private Reply update(Request request, String id) throws IOException {
        String body = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Object> document = new TreeMap<>(Json.document(body));
        document.put("id", id);
        return Reply.json(201, collection.apply(document, ImportAction.UPDATE));
    }

    private Reply deleteMany(Request request) {
        String filter = request.query().getOrDefault("filter_by", "");
        if (filter.isBlank()) {
            throw new Refused(400, "Parameter `filter_by` must be provided.");
        }
        int deleted = collection.deleteIf(Filter.parse(filter, collection.schema()));
        return Reply.json(200, Map.of("num_deleted", deleted));
    }

    private Reply importLines(Request request) throws IOException {
        ImportAction action = ImportAction.of(request.query().getOrDefault("action", "create"));
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        BufferedReader lines = new BufferedReader(new InputStreamReader(request.body(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isEmpty()) {
                separate(answers, answers.size() > 0);
                answers.writeBytes(importLine(line, action));
            }
        }
        return Reply.stream("text/plain; charset=utf8", answers::writeTo);
    }

    private byte[] importLine(String line, ImportAction action) {
        try {
            collection.apply(Json.document(line), action);
            return SUCCESS;
        } catch (Refused refused) {
            return Json.bytes(new TreeMap<>(
                    Map.of("code", refused.status(), "document", line, "error", refused.reason(), "success", false)));
        }
    }

    private Reply export(Request request) {
        UnaryOperator<byte[]> projection = Projection.of(request.query());
        String text = request.query().getOrDefault("filter_by", "");
        Predicate<Map<String, Object>> filter = Filter.parse(text, collection.schema());
        List<byte[]> documents = collection.snapshot(Filter.ids(text));
        return Reply.stream("application/octet-stream", out -> {
            boolean follows = false;
            for (byte[] document : documents) {
                if (text.isBlank() || filter.test(Json.document(document))) {
                    separate(out, follows);
                    out.write(projection.apply(document));
                    follows = true;
                }
            }
        });
    }

    /** A line ends only where another follows it. */
    private static void separate(OutputStream out, boolean follows) throws IOException {
        if (follows) {
            out.write('\n');
        }
    }
}
