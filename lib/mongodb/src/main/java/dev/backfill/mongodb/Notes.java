package dev.backfill.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.Note;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One backfill's notes, a document each. An answer that was lost is looked for in the document. */
final class Notes {
    private static final String VERSION = "version";
    private static final String TEXT = "text";

    private final MongoCollection<Document> collection;
    private final String backfill;

    Notes(MongoCollection<Document> collection, String backfill) {
        this.collection = collection;
        this.backfill = backfill;
    }

    Optional<Note> read(String name) {
        return Optional.ofNullable(
                        collection.find(Filters.eq(Names.ID, id(name))).first())
                .map(found -> new Note(found.get(VERSION, Number.class).longValue(), found.getString(TEXT)));
    }

    /** True if the note's version was one less, and this is what it holds now. */
    boolean write(String name, Note next) {
        try {
            return put(name, next);
        } catch (MongoException e) {
            if (!Failures.inDoubt(e)) {
                throw e;
            }
            return is(name, next) || put(name, next) || is(name, next);
        }
    }

    private boolean is(String name, Note wanted) {
        return read(name).equals(Optional.of(wanted));
    }

    private boolean put(String name, Note next) {
        boolean first = next.version() == 1;
        Bson filter = Filters.and(Filters.eq(Names.ID, id(name)), Filters.eq(VERSION, next.version() - 1));
        Bson update = Updates.combine(Updates.set(VERSION, next.version()), Updates.set(TEXT, next.text()));
        try {
            var result = collection.updateOne(filter, update, new UpdateOptions().upsert(first));
            return result.getMatchedCount() > 0 || result.getUpsertedId() != null;
        } catch (MongoException e) {
            if (first && Failures.duplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private String id(String name) {
        return CheckpointJson.write(List.of(backfill, name));
    }
}
