package dev.backfill.http.read;

import dev.backfill.connector.FatalFailure;
import dev.backfill.http.client.Answer;
import dev.backfill.http.client.NextAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a service cuts a list into pages. A place is a text that leads to one page; the empty one leads to the first. */
public sealed interface Paging {
    /** The path of the page at a place, or its whole address. */
    String path(String path, String place);

    /** Where the list continues after a page; nothing if that was the last. */
    Optional<String> next(String place, Page page);

    /** What must be read of an answer to find the next page. */
    default Set<String> reads() {
        return Set.of();
    }

    /** How many items at the beginning of a page were on the page before it. */
    default int repeated(String place, Page page) {
        return 0;
    }

    /**
     * What a page held.
     *
     * @param address its own, whole
     * @param keys what identifies its items, in their order
     * @param parts what was read of its answer, by path
     */
    record Page(String address, List<String> keys, Answer answer, Map<String, @Nullable Object> parts) {
        int items() {
            return keys.size();
        }
    }

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
     * @param total where an answer has the number of all items; empty if it has none
     */
    record Numbered(int size, String number, String limit, String total) implements Paging {
        public Numbered(int size, String number, String limit) {
            this(size, number, limit, "");
        }

        @Override
        public Set<String> reads() {
            return total.isEmpty() ? Set.of() : Set.of(total);
        }

        @Override
        public String path(String path, String place) {
            return with(
                    with(path, limit, String.valueOf(size)), number, place.isEmpty() ? "1" : place.split(" ", 2)[0]);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            PagePlace now = PagePlace.of(place, 1);
            String told = now.checkedTotal(total, page);
            return page.items() == 0 ? Optional.empty() : Optional.of(new PagePlace(now.number() + 1, told, "").text());
        }
    }

    /**
     * Pages by how many items come before them, until one is empty.
     *
     * @param most the largest offset that the service allows; 0 if it has none
     * @param overlap so many items of a page are asked for again with the next one
     * @param total where an answer has the number of all items; empty if it has none
     */
    record Offset(int size, long most, String offset, String limit, int overlap, String total) implements Paging {
        public Offset {
            if (overlap < 0 || overlap >= size) {
                throw new IllegalArgumentException(
                        "overlap: must be from 0 to less than the " + size + " items of a page, but is " + overlap);
            }
        }

        public Offset(int size, long most, String offset, String limit) {
            this(size, most, offset, limit, 0, "");
        }

        @Override
        public Set<String> reads() {
            return total.isEmpty() ? Set.of() : Set.of(total);
        }

        @Override
        public String path(String path, String place) {
            return with(
                    with(path, limit, String.valueOf(size)),
                    offset,
                    String.valueOf(PagePlace.of(place, 0).number()));
        }

        @Override
        public int repeated(String place, Page page) {
            String last = PagePlace.of(place, 0).last();
            if (last.isEmpty()) {
                return 0;
            }
            int at = page.keys().stream().map(PagePlace::digest).toList().indexOf(last);
            if (at < 0) {
                throw PagePlace.drifted(
                        page,
                        "the last item of the page before is not among its items any more",
                        "overlap: " + overlap + " is not enough, or that item itself is gone");
            }
            return at + 1;
        }

        @Override
        public Optional<String> next(String place, Page page) {
            PagePlace now = PagePlace.of(place, 0);
            String told = now.checkedTotal(total, page);
            long after = now.number() + page.items();
            boolean end = page.items() - repeated(place, page) <= 0;
            if (!end && most > 0 && after > most) {
                throw new FatalFailure("the list continues after the offset of " + most
                        + ", which is the last that the service gives; ask for parts of it");
            }
            return end
                    ? Optional.empty()
                    : Optional.of(following(page, after, told).text());
        }

        private PagePlace following(Page page, long after, String told) {
            long from = Math.max(after - overlap, after - page.items() + 1);
            return overlap == 0
                    ? new PagePlace(after, told, "")
                    : new PagePlace(from, told, PagePlace.digest(page.keys().get(page.items() - 1)));
        }
    }

    /**
     * The answer says the next page: its number or cursor, for a parameter, or its address.
     *
     * @param part where in the answer
     * @param optional true if an answer that is a whole list may lack it
     */
    record Next(String part, String parameter, boolean optional) implements Paging {
        private static final Pattern ADDRESS = Pattern.compile("(?i)https?:.*|[/?].*|\\.\\.?/.*");

        public Next(String part, String parameter) {
            this(part, parameter, false);
        }

        @Override
        public Set<String> reads() {
            return Set.of(part);
        }

        @Override
        public String path(String path, String place) {
            return place.isEmpty() || ADDRESS.matcher(place).matches()
                    ? chosen(path, place)
                    : with(path, parameter, place);
        }

        @Override
        public Optional<String> next(String place, Page page) {
            Object told = page.parts().get(part);
            if (place.isEmpty() && !optional && !page.parts().containsKey(part)) {
                throw new FatalFailure("GET " + page.address() + ": the answer has no '" + part
                        + "', so it does not say whether more pages follow; it says: "
                        + page.answer().message()
                        + "; check byNext '" + part + "', or, if a list of one page has none: byNext '" + part
                        + "', optional: true");
            } else if (told instanceof Map<?, ?> || told instanceof List<?>) {
                throw new FatalFailure("GET " + page.address() + ": '" + part
                        + "' is not an address, number or cursor but an object or a list; check byNext '" + part
                        + "'");
            }
            return told == null || told.equals(false) || told.toString().isBlank()
                    ? Optional.empty()
                    : Optional.of(place(page, told.toString()));
        }

        private static String place(Page page, String told) {
            return ADDRESS.matcher(told).matches() ? NextAddress.of(page.address(), told) : told;
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
            return page.answer().next().map(told -> NextAddress.of(page.address(), told));
        }
    }

    private static String chosen(String path, String place) {
        return place.isEmpty() ? path : place;
    }

    private static String with(String path, String parameter, String value) {
        return path + (path.contains("?") ? "&" : "?") + encoded(parameter) + "=" + encoded(value);
    }

    /** A text as it can stand anywhere in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
