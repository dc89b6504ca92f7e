package dev.backfill.http;

import dev.backfill.http.read.Paging;
import java.util.Map;

/** Collects how a service cuts lists into pages. */
final class PagesBuilder implements HttpWords.PagesBlock {
    private Paging paging = new Paging.None();

    Paging build() {
        return paging;
    }

    @Override
    public void byNext(String part) {
        byNext(Map.of(), part);
    }

    @Override
    public void byNext(Map<String, Object> named, String part) {
        paging = new Paging.Next(part, text(named, "as", "page"), Boolean.TRUE.equals(named.get("optional")));
    }

    @Override
    public void byPage(Integer items) {
        byPage(Map.of(), items);
    }

    @Override
    public void byPage(Map<String, Object> named, Integer items) {
        paging = new Paging.Numbered(
                size(items), text(named, "number", "page"), text(named, "size", "limit"), text(named, "total", ""));
    }

    @Override
    public void byOffset(Integer items) {
        byOffset(Map.of(), items);
    }

    @Override
    public void byOffset(Map<String, Object> named, Integer items) {
        int overlap = named.get("overlap") instanceof Number some ? some.intValue() : 0;
        long most = named.get("upTo") instanceof Number last ? last.longValue() : 0;
        paging = new Paging.Offset(
                size(items),
                most,
                text(named, "offset", "offset"),
                text(named, "size", "limit"),
                overlap,
                text(named, "total", ""));
    }

    @Override
    public void byLink() {
        paging = new Paging.Link();
    }

    private static String text(Map<String, Object> named, String name, String otherwise) {
        return String.valueOf(named.getOrDefault(name, otherwise));
    }

    private static int size(Integer items) {
        if (items < 1) {
            throw new IllegalArgumentException("a page has at least 1 item, but is " + items);
        }
        return items;
    }
}
