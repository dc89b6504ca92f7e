package dev.backfill.http.read;

import dev.backfill.connector.FatalFailure;
import dev.backfill.http.client.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a service cuts a list into pages. A place is a text that leads to one page; the empty one leads to the first. */
public sealed interface Paging {
    /** The path of the page at a place. */
    String path(String path, String place);

    /** Where the list goes on after a page; nothing if that was the last. */
    Optional<String> next(String place, Page page);

    /** What must be read of an answer to find the next page. */
    default Set<String> reads() {
        return Set.of();
    }

    /**
     * What a page held.
     *
     * @param parts what was read of its answer, by path
     */
    record Page(int items, Answer answer, Map<String, @Nullable Object> parts) {}

    /** The whole list in one answer. */
    record None() implements Paging {
        @Override
        public String path(String path, String place) {
            return path;
        }

        @Override
        public Optional<String> next(String place, Page page) {
            return Optional.empty();
        }
    }

    /**
     * Pages with numbers from 1, until one is empty.
     *
     * @param number the parameter with the number
     * @param limit the parameter with the size
     */
    record Numbered(int size, String number, String limit) implements Paging {
        @Override
        public String path(String path, String place) {
            return with(with(path, limit, String.valueOf(size)), number, place.isEmpty() ? "1" : place);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            int now = place.isEmpty() ? 1 : Integer.parseInt(place);
            return page.items() == 0 ? Optional.empty() : Optional.of(String.valueOf(now + 1));
        }
    }

    /**
     * Pages by how many items come before them, until one is empty.
     *
     * @param most the largest offset that the service allows; 0 if it has none
     */
    record Offset(int size, long most, String offset, String limit) implements Paging {
        @Override
        public String path(String path, String place) {
            return with(with(path, limit, String.valueOf(size)), offset, place.isEmpty() ? "0" : place);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            long after = (place.isEmpty() ? 0 : Long.parseLong(place)) + page.items();
            if (page.items() > 0 && most > 0 && after > most) {
                throw new FatalFailure("the list goes on behind the offset of " + most
                        + ", which is the last that the service gives; ask for parts of it");
            }
            return page.items() == 0 ? Optional.empty() : Optional.of(String.valueOf(after));
        }
    }

    /**
     * The answer tells the next page: its number or cursor, for a parameter, or its address.
     *
     * @param part where in the answer
     */
    record Next(String part, String parameter) implements Paging {
        @Override
        public Set<String> reads() {
            return Set.of(part);
        }

        @Override
        public String path(String path, String place) {
            return place.isEmpty() || place.startsWith("/") ? chosen(path, place) : with(path, parameter, place);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            Object told = page.parts().get(part);
            return told == null || told.equals(false) || told.toString().isBlank()
                    ? Optional.empty()
                    : Optional.of(here(told.toString()));
        }
    }

    /** The Link header of the answer has the address of the next page. */
    record Link() implements Paging {
        @Override
        public String path(String path, String place) {
            return chosen(path, place);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            return page.answer().next().map(Paging::here);
        }
    }

    private static String chosen(String path, String place) {
        return place.isEmpty() ? path : place;
    }

    /** An address without its host: the headers, and so the secrets, go to the service alone. */
    private static String here(String told) {
        if (!told.startsWith("http://") && !told.startsWith("https://")) {
            return told;
        }
        URI uri = URI.create(told);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static String with(String path, String parameter, String value) {
        return path + (path.contains("?") ? "&" : "?") + encoded(parameter) + "=" + encoded(value);
    }

    /** A text as it can stand anywhere in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
