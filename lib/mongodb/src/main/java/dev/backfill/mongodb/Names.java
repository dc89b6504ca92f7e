package dev.backfill.mongodb;

import com.mongodb.client.model.Filters;
import dev.backfill.checkpoint.CheckpointStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The names inside a checkpoint's document, and the conditions on them that the server checks. */
final class Names {
    static final String ID = "_id";
    static final String OURS = "backfill";
    static final String EPOCH = OURS + ".epoch";
    static final String VERSION = OURS + ".version";
    static final String OWNER = OURS + ".owner";
    static final String BEATS = OURS + ".beats";
    static final String BEAT_AT = OURS + ".beat_at";
    static final String STATE = OURS + ".state";

    private Names() {}

    /** True, by the server's clock, if the last beat is older than a lease lasts. */
    static Document expired() {
        Document since = new Document("$subtract", List.of("$$NOW", CheckpointStore.LEASE.toMillis()));
        return new Document("$lt", List.of("$" + BEAT_AT, since));
    }

    static Bson free() {
        return Filters.or(Filters.exists(OWNER, false), Filters.expr(expired()));
    }

    static Bson held(String document, long epoch) {
        return Filters.and(Filters.eq(ID, document), Filters.eq(EPOCH, epoch), Filters.exists(OWNER));
    }

    static Bson held(String document, long epoch, long version) {
        return Filters.and(held(document, epoch), Filters.eq(VERSION, version));
    }

    /** Holds while another program's document is as it was seen. */
    static Bson foreign(String document, Map<String, Object> seen) {
        List<Bson> same = new ArrayList<>(List.of(Filters.eq(ID, document), Filters.exists(EPOCH, false)));
        seen.forEach((name, value) -> same.add(Filters.eq(name, value)));
        return Filters.and(same);
    }

    /** Holds for no document that is there, so that an upsert on it can only insert; $expr may not stand in one. */
    static Bson absent(String document) {
        return Filters.and(Filters.eq(ID, document), Filters.lt(EPOCH, 0L));
    }
}
