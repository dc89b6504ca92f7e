package dev.backfill.http.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Row;
import dev.backfill.connector.SearchableSource;
import dev.backfill.connector.Split;
import dev.backfill.http.client.Answer;
import dev.backfill.http.client.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list that a service gives in pages. Its position is a page and a place in it; continuing asks for that page
 * again. Used by one thread.
 */
public final class ItemSource implements SearchableSource, Identified {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ServiceClient client;
    private final Listing listing;
    private final Set<String> fields = ConcurrentHashMap.newKeySet();
    private final Circle circle = new Circle();
    private Optional<Page> held = Optional.empty();

    /**
     * What is listed.
     *
     * @param path of the first page, with its parameters
     * @param items where the items stand in an answer; empty: the answer is the list
     */
    public record Listing(String path, String items, Paging paging) {}

    /** A page that was read, and where the list continues after it. */
    private record Page(String place, List<Row> rows, Optional<String> next) {}

    public ItemSource(ServiceClient client, Listing listing) {
        this.client = client;
        this.listing = listing;
    }

    @Override
    public List<Split> splits(int wanted) {
        return List.of(Split.whole());
    }

    /** A cursor is the place in the page, a blank, and the page's own place. */
    @Override
    public Batch read(Split split, Cursor after, int limit) {
        String text = after.atStart() ? "0 " : after.text();
        int from = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        Page page = first(text.substring(text.indexOf(' ') + 1));
        List<Row> rows = new ArrayList<>();
        while (true) {
            int to = (int) Math.min(page.rows().size(), from + (long) limit - rows.size());
            rows.addAll(page.rows().subList(Math.min(from, to), to));
            boolean through = to == page.rows().size();
            if (through && page.next().isEmpty()) {
                return new Batch(rows, Cursor.after(to + " " + page.place()), true);
            } else if (rows.size() == limit) {
                return new Batch(rows, Cursor.after(to + " " + page.place()), false);
            }
            String next = page.next().orElseThrow();
            page = page(next, page.rows());
            if (circle.closes(next)) {
                throw circling(listing.paging().path(listing.path(), next));
            }
            from = 0;
        }
    }

    /** The page of a cursor; the one that was read last is not asked for again. */
    private Page first(String place) {
        if (held.isPresent() && held.get().place().equals(place)) {
            return held.get();
        }
        circle.begin(place);
        return page(place, List.of());
    }

    private Page page(String place, List<Row> before) {
        String path = listing.paging().path(listing.path(), place);
        Answer answer = client.get(path);
        Set<String> wanted = Stream.concat(Stream.of(listing.items()), listing.paging().reads().stream())
                .collect(Collectors.toSet());
        Answers answers = new Answers(client);
        Map<String, @Nullable Object> parts = answers.parts(path, answer, wanted);
        List<Row> rows = items(path, answers, answer, parts);
        Paging.Page paged = new Paging.Page(
                client.service().whole(path), rows.stream().map(this::key).toList(), shown(answer), parts);
        Optional<String> next = listing.paging().next(place, paged);
        List<Row> fresh = rows.subList(listing.paging().repeated(place, paged), rows.size());
        if (next.equals(Optional.of(place)) || (!fresh.isEmpty() && fresh.equals(before))) {
            throw circling(path);
        }
        Page read = new Page(place, fresh, next);
        held = Optional.of(read);
        return read;
    }

    /** A list that is null is an empty one. */
    private List<Row> items(String path, Answers answers, Answer answer, Map<String, @Nullable Object> parts) {
        Object list = parts.get(listing.items());
        if (!parts.containsKey(listing.items()) || !(list == null || list instanceof List<?>)) {
            throw answers.missing(path, answer, listing.items());
        }
        return list instanceof List<?> items
                ? items.stream().map(item -> row(path, item)).toList()
                : List.of();
    }

    /** The answer with no secret in its words. */
    private Answer shown(Answer answer) {
        return answer.saying(client.service().masked(answer.message()));
    }

    private FatalFailure circling(String path) {
        return new FatalFailure(
                client.doing(path) + ": the same page comes again and again; look how the service pages: pages { … }");
    }

    @SuppressWarnings("unchecked") // names of a JSON object are texts
    private Row row(String path, @Nullable Object item) {
        if (item instanceof Map<?, ?> map) {
            return restored((Map<String, @Nullable Object>) map);
        }
        throw new FatalFailure(client.doing(path) + ": an item of '" + listing.items() + "' is not an object but "
                + client.service().masked(String.valueOf(item)) + "; fix items('…')");
    }

    @Override
    public Row restored(Map<String, @Nullable Object> item) {
        List<String> names = List.copyOf(item.keySet());
        fields.addAll(names);
        return Row.of(Columns.ofFields(names, fields), item.values().toArray());
    }

    /** Its id, else all of it. */
    @Override
    public String key(Row row) {
        Object id = row.containsKey("id") ? row.get("id") : null;
        if (id != null) {
            return String.valueOf(id);
        }
        try {
            return MAPPER.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            return row.toString();
        }
    }

    @Override
    public String identity() {
        return client.doing(listing.path());
    }
}
