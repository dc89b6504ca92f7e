package dev.backfill.typesense.documents;

import dev.backfill.typesense.client.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Asks for documents by their ids in filters, encoded for a query. */
final class IdFilter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final String BEGIN = Endpoint.encoded("id:[");
    private static final String END = Endpoint.encoded("]");

    private IdFilter() {}

    /**
     * False for an id that a filter takes for another, or for none: the server cuts white space off, and knows no escape for
     * a backtick, after which version 0.24 can even crash.
     */
    static boolean canName(String id) {
        return !id.isEmpty()
                && id.chars().noneMatch(each -> each == '`' || each == '\\' || Character.isISOControl(each))
                && !blank(id.charAt(0))
                && !blank(id.charAt(id.length() - 1));
    }

    private static boolean blank(char each) {
        return Character.isWhitespace(each) || Character.isSpaceChar(each);
    }

    /**
     * Filters that together ask for all of the ids, in their order.
     *
     * @param longest the most characters of a filter, unless a single id needs more
     */
    static List<String> of(Collection<String> ids, int longest) {
        List<String> filters = new ArrayList<>();
        StringBuilder filter = new StringBuilder();
        for (String id : ids) {
            String next = Endpoint.encoded(PLAIN.matcher(id).matches() ? id : "`" + id + "`");
            if (filter.length() > 0 && filter.length() + 1 + next.length() + END.length() > longest) {
                filters.add(filter.append(END).toString());
                filter.setLength(0);
            }
            filter.append(filter.length() == 0 ? BEGIN : ",").append(next);
        }
        if (filter.length() > 0) {
            filters.add(filter.append(END).toString());
        }
        return filters;
    }
}
