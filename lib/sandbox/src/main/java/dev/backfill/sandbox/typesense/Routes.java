package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The collections of a server, and what its paths below /collections do with them. Thread-safe. */
final class Routes {
    private final Map<String, StoredCollection> collections = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Clock clock;

    Routes(Clock clock) {
        this.clock = clock;
    }

    Reply answer(Request request) throws IOException {
        List<String> path = request.path();
        if (path.isEmpty() || !path.get(0).equals("collections")) {
            return Reply.refused(404, "Not Found");
        } else if (path.size() == 1) {
            return all(request);
        } else if (path.size() == 2) {
            return one(request, path.get(1));
        } else if (path.get(2).equals("documents") && path.size() <= 4) {
            boolean search = path.size() == 4 && path.get(3).equals("search");
            StoredCollection collection = known(collections.get(path.get(1)), search ? "Not found." : "Not Found");
            return new DocumentRoutes(collection).answer(request, path.subList(3, path.size()));
        }
        return Reply.refused(404, "Not Found");
    }

    private Reply all(Request request) throws IOException {
        return switch (request.method()) {
            case "GET" -> Reply.json(200, newestFirst());
            case "POST" -> create(Json.tree(request.body().readAllBytes()));
            default -> Reply.refused(404, "Not Found");
        };
    }

    private List<ObjectNode> newestFirst() {
        List<ObjectNode> list = new ArrayList<>();
        synchronized (collections) {
            collections.values().forEach(each -> list.add(each.json()));
        }
        Collections.reverse(list);
        return list;
    }

    private Reply create(JsonNode definition) {
        if (!definition.path("name").isTextual()) {
            throw new Refused(400, "Parameter `name` is required.");
        }
        StoredCollection collection =
                new StoredCollection(definition, clock.instant().getEpochSecond());
        if (collections.putIfAbsent(collection.name(), collection) != null) {
            throw new Refused(409, "A collection with name `" + collection.name() + "` already exists.");
        }
        return Reply.json(201, collection.json());
    }

    private Reply one(Request request, String name) throws IOException {
        return switch (request.method()) {
            case "GET" ->
                Reply.json(200, known(collections.get(name), "Not Found").json());
            case "PATCH" -> patch(known(collections.get(name), "Not Found"), request);
            case "DELETE" ->
                Reply.json(
                        200,
                        known(collections.remove(name), "No collection with name `" + name + "` found.")
                                .json());
            default -> Reply.refused(404, "Not Found");
        };
    }

    private static Reply patch(StoredCollection collection, Request request) throws IOException {
        JsonNode body = Json.tree(request.body().readAllBytes());
        if (!body.path("fields").isArray()) {
            throw new Refused(400, "Only `fields` can be updated at the moment.");
        }
        collection.patch(body.path("fields"));
        return Reply.json(200, Map.of("fields", body.path("fields")));
    }

    private static StoredCollection known(@Nullable StoredCollection collection, String otherwise) {
        return Optional.ofNullable(collection).orElseThrow(() -> new Refused(404, otherwise));
    }
}
