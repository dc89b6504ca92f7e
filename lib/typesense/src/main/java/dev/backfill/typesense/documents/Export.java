package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Exported documents in a spool, read page by page; a page may be read again. Used by one thread at a time. */
final class Export implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory().disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private final Spool spool;
    private final DocumentReader reader;
    private final List<Place> pages = new ArrayList<>(List.of(new Place(0, 0)));

    /** Where a page begins: how many documents, and how many bytes, are before it. */
    private record Place(long documents, long bytes) {}

    Export(Spool spool, Columns columns) {
        this.spool = spool;
        this.reader = new DocumentReader(columns);
    }

    long documents() {
        return spool.lines();
    }

    /**
     * Reads a page.
     *
     * @param page counted from 1; one that was read before, or the next
     */
    Batch read(int page, int limit) {
        if (page < 1 || page > pages.size()) {
            throw new FatalFailure("reading exported documents: there is no page " + page + " after " + pages.size()
                    + "; start the run again, which exports again");
        }
        Place place = pages.get(page - 1);
        if (place.documents() >= documents()) {
            return new Batch(List.of(), Cursor.after(String.valueOf(page)), true);
        }
        try (JsonParser in = JSON.createParser(spool.from(place.bytes()))) {
            List<Row> rows = rows(in, (int) Math.min(limit, documents() - place.documents()));
            Place next = new Place(
                    place.documents() + rows.size(),
                    place.bytes() + in.currentLocation().getByteOffset());
            follow(page, next);
            return new Batch(rows, Cursor.after(String.valueOf(page + 1)), next.documents() >= documents());
        } catch (IOException e) {
            throw new FatalFailure(
                    "reading exported documents: page " + page + " is no JSON (" + e.getMessage()
                            + "); start the run again, which exports again",
                    e);
        }
    }

    private void follow(int page, Place next) {
        if (page < pages.size()) {
            pages.set(page, next);
        } else {
            pages.add(next);
        }
    }

    private List<Row> rows(JsonParser in, int count) throws IOException {
        List<Row> rows = new ArrayList<>(count);
        while (rows.size() < count) {
            in.nextToken();
            rows.add(reader.read(in));
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
