package dev.backfill.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One backfill's dead letters, a document each. Adding one twice leaves one. */
final class DeadLetters {
    private static final Bson OLDEST_FIRST = Sorts.ascending("at", "epoch", "ordinal");

    private final MongoCollection<Document> collection;
    private final String backfill;
    private final AtomicBoolean indexed = new AtomicBoolean();
    private final AtomicLong ordinals = new AtomicLong();

    DeadLetters(MongoCollection<Document> collection, String backfill) {
        this.collection = collection;
        this.backfill = backfill;
    }

    void add(long epoch, List<DeadLetter> letters) {
        if (!indexed.get()) {
            collection.createIndex(Indexes.ascending("backfill", "at", "epoch", "ordinal"));
            indexed.set(true);
        }
        List<WriteModel<Document>> writes = new ArrayList<>(letters.size());
        letters.forEach(letter -> writes.add(write(epoch, letter)));
        collection.bulkWrite(writes);
    }

    List<DeadLetter> first(int most) {
        return collection
                .find(mine())
                .sort(OLDEST_FIRST)
                .limit(most)
                .map(DeadLetters::letter)
                .into(new ArrayList<>());
    }

    long count() {
        return collection.countDocuments(mine());
    }

    void clear() {
        collection.deleteMany(mine());
    }

    private Bson mine() {
        return Filters.eq("backfill", backfill);
    }

    private WriteModel<Document> write(long epoch, DeadLetter letter) {
        String id = CheckpointJson.write(List.of(backfill, letter.run(), letter.phase(), letter.sink(), letter.key()));
        Bson update = Updates.combine(
                Updates.set("backfill", backfill),
                Updates.set("run", letter.run()),
                Updates.set("phase", letter.phase()),
                Updates.set("sink", letter.sink()),
                Updates.set("key", letter.key()),
                Updates.set("error", letter.error()),
                Updates.set("attempts", letter.attempts()),
                Updates.set("payload", letter.payload()),
                Updates.set("at", Date.from(letter.at())),
                Updates.setOnInsert("epoch", epoch),
                Updates.setOnInsert("ordinal", ordinals.getAndIncrement()));
        return new UpdateOneModel<>(Filters.eq(Names.ID, id), update, new UpdateOptions().upsert(true));
    }

    private static DeadLetter letter(Document document) {
        return new DeadLetter(
                document.getString("run"),
                document.getString("phase"),
                document.getString("sink"),
                document.getString("key"),
                document.getString("error"),
                document.getInteger("attempts"),
                document.getString("payload"),
                document.getDate("at").toInstant());
    }
}
