package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers a search for {@code *}: filtered, sorted by at most one field, page by page. */
final class Search {
    private static final int MOST_PER_PAGE = 250;

    private final StoredCollection collection;
    private final Map<String, String> query;

    Search(StoredCollection collection, Map<String, String> query) {
        this.collection = collection;
        this.query = query;
    }

    ObjectNode answer() {
        String words =
                Optional.ofNullable(query.get("q")).orElseThrow(() -> new Refused(400, "Parameter `q` is required."));
        if (!words.equals("*")) {
            throw new Refused(400, "The stand-in searches for * only.");
        }
        int perPage = number("per_page", 10);
        if (perPage > MOST_PER_PAGE) {
            throw new Refused(422, "Only upto 250 hits can be fetched per page.");
        }
        int page = number("page", 1);
        if (page == 0) {
            throw new Refused(422, "Page must be an integer of value greater than 0.");
        }
        return answer(found(), page, perPage);
    }

    /** The newest first, unless another order is asked for. */
    private List<byte[]> found() {
        Schema schema = collection.schema();
        Predicate<Map<String, Object>> filter = Filter.parse(query.getOrDefault("filter_by", ""), schema);
        List<byte[]> found = new ArrayList<>(collection.snapshot());
        found.removeIf(each -> !filter.test(Json.document(each)));
        Collections.reverse(found);
        Optional.ofNullable(query.get("sort_by")).ifPresent(order -> found.sort(order(order, schema)));
        return found;
    }

    private ObjectNode answer(List<byte[]> found, int page, int perPage) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("facet_counts");
        answer.put("found", found.size());
        ArrayNode hits = answer.putArray("hits");
        found.stream().skip((page - 1L) * perPage).limit(perPage).forEach(each -> hits.add(hit(each)));
        answer.put("out_of", collection.size()).put("page", page);
        answer.putObject("request_params")
                .put("collection_name", collection.name())
                .put("per_page", perPage)
                .put("q", "*");
        return answer.put("search_cutoff", false).put("search_time_ms", 0);
    }

    private ObjectNode hit(byte[] kept) {
        JsonNode document = Json.tree(Projection.of(query).apply(kept));
        ObjectNode hit = JsonNodeFactory.instance.objectNode();
        hit.set("document", document);
        hit.putObject("highlight");
        hit.putArray("highlights");
        return hit;
    }

    private int number(String name, int otherwise) {
        try {
            return Integer.parseUnsignedInt(query.getOrDefault(name, String.valueOf(otherwise)));
        } catch (NumberFormatException e) {
            throw new Refused(400, "Parameter `" + name + "` must be an unsigned integer.");
        }
    }

    /** Documents without the field come last, either way. */
    private static Comparator<byte[]> order(String text, Schema schema) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw new Refused(400, "Parameter `sort_by` is malformed.");
        }
        String name = parts[0];
        if (schema.field(name).filter(Field::sort).isEmpty()) {
            throw new Refused(404, "Could not find a field named `" + name + "` in the schema for sorting.");
        }
        Comparator<BigDecimal> direction =
                parts[1].equalsIgnoreCase("desc") ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing(
                kept -> Json.document(kept).get(name) instanceof Number value
                        ? Optional.of(new BigDecimal(value.toString()))
                        : Optional.<BigDecimal>empty(),
                Comparator.comparing((Optional<BigDecimal> value) -> value.isEmpty())
                        .thenComparing(value -> value.orElse(BigDecimal.ZERO), direction));
    }
}
