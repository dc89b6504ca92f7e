package dev.backfill.typesense.documents;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.typesense.client.TypesenseClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares records with the documents that have their ids. Thread-safe. */
final class Comparison {
    private static final Look NONE = new Look(List.of(), Map.of());

    private final Columns fields;
    private final DocumentsById documents;
    private final AtomicReference<Look> last = new AtomicReference<>(NONE);

    /** What was found for a batch. */
    private record Look(List<Row> records, Map<String, Row> found) {
        @SuppressWarnings("ReferenceEquality") // the very batch, not one like it
        boolean at(List<Row> batch) {
            return records == batch;
        }
    }

    private Comparison(Columns fields, DocumentsById documents) {
        this.fields = fields;
        this.documents = documents;
    }

    /**
     * @param fields what is compared, without the id
     */
    static Comparison of(TypesenseClient client, String collection, Columns fields) {
        Columns read = Columns.of(
                Stream.concat(Stream.of("id"), fields.names().stream()).toList());
        return new Comparison(fields, new DocumentsById(client, collection, read));
    }

    /** Of several records with one id, the last one wins; there is nothing to do for those before it. */
    void compare(List<Row> records, ImportBody body, WriteResult outcome) {
        Map<String, Row> found = find(records);
        last.set(new Look(records, found));
        Set<String> seen = new HashSet<>();
        for (int line = body.count() - 1; line >= 0; line--) {
            int index = body.record(line);
            Row record = records.get(index);
            document(record, found).ifPresent(there -> {
                boolean wins = seen.add(String.valueOf(there.get("id")));
                outcome.status(index, wins && differs(record, there) ? WriteStatus.WRITTEN : WriteStatus.UNCHANGED);
            });
        }
    }

    /** What was found is no longer what is there. */
    void forget() {
        last.set(NONE);
    }

    /** What the documents hold in the fields; taken from the comparison of the same records, if that was the last thing done. */
    List<@Nullable Row> held(List<Row> records) {
        Look look = last.getAndSet(NONE);
        Map<String, Row> found = look.at(records) ? look.found() : find(records);
        List<@Nullable Row> held = new ArrayList<>(records.size());
        for (Row record : records) {
            held.add(document(record, found).map(this::narrowed).orElse(null));
        }
        return held;
    }

    private Map<String, Row> find(List<Row> records) {
        return documents.find(
                records.stream().map(ImportBody::id).flatMap(Optional::stream).toList());
    }

    private static Optional<Row> document(Row record, Map<String, Row> found) {
        return ImportBody.id(record).map(found::get);
    }

    private boolean differs(Row record, Row there) {
        return fields.names().stream().anyMatch(name -> !SameValue.of(record.get(name), there.get(name)));
    }

    private Row narrowed(Row there) {
        return Row.of(fields, fields.names().stream().map(there::get).toArray());
    }
}
