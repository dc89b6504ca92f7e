package dev.backfill.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.connector.Rejection;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One backfill's dead letters, a document each. Adding one twice leaves one. */
final class DeadLetters {
    private static final Bson OLDEST_FIRST = Sorts.ascending("first", "epoch", "ordinal");

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
            collection.createIndex(Indexes.ascending("backfill", "first", "epoch", "ordinal"));
            indexed.set(true);
        }
        List<WriteModel<Document>> writes = new ArrayList<>(letters.size());
        letters.forEach(letter -> writes.add(write(epoch, letter)));
        collection.bulkWrite(writes);
    }

    void remove(List<DeadLetter> letters) {
        collection.deleteMany(
                Filters.in(Names.ID, letters.stream().map(this::id).toList()));
    }

    /** Without their payloads, which may be large. */
    List<LetterCount> counts() {
        return LetterCount.of(StreamSupport.stream(
                collection
                        .find(mine())
                        .sort(OLDEST_FIRST)
                        .projection(Projections.exclude("payload"))
                        .map(DeadLetters::letter)
                        .spliterator(),
                false));
    }

    List<DeadLetter> some(long skip, int most) {
        return some(mine(), skip, most);
    }

    /** Those that were set aside. */
    List<DeadLetter> former(long skip, int most) {
        return some(Filters.and(Filters.eq("backfill", backfill), Filters.eq("former", true)), skip, most);
    }

    private List<DeadLetter> some(Bson which, long skip, int most) {
        return collection
                .find(which)
                .sort(OLDEST_FIRST)
                .skip((int) skip)
                .limit(most)
                .map(DeadLetters::letter)
                .into(new ArrayList<>());
    }

    long count() {
        return collection.countDocuments(mine());
    }

    void setAside() {
        collection.updateMany(mine(), Updates.set("former", true));
    }

    private Bson mine() {
        return Filters.and(Filters.eq("backfill", backfill), Filters.ne("former", true));
    }

    private WriteModel<Document> write(long epoch, DeadLetter letter) {
        Bson update = Updates.combine(
                Updates.set("backfill", backfill),
                Updates.set("run", letter.run()),
                Updates.set("phase", letter.phase()),
                Updates.set("sink", letter.sink()),
                Updates.set("key", letter.key()),
                Updates.set("kind", letter.rejection().kind().name()),
                Updates.set("error", letter.error()),
                Updates.set("attempts", letter.attempts()),
                Updates.set("payload", letter.payload()),
                Updates.set("at", Date.from(letter.at())),
                Updates.unset("former"),
                Updates.setOnInsert("first", Date.from(letter.first())),
                Updates.setOnInsert("epoch", epoch),
                Updates.setOnInsert("ordinal", ordinals.getAndIncrement()));
        return new UpdateOneModel<>(Filters.eq(Names.ID, id(letter)), update, new UpdateOptions().upsert(true));
    }

    private String id(DeadLetter letter) {
        return CheckpointJson.write(List.of(backfill, letter.run(), letter.phase(), letter.sink(), letter.key()));
    }

    private static DeadLetter letter(Document document) {
        return new DeadLetter(
                document.getString("run"),
                document.getString("phase"),
                document.getString("sink"),
                document.getString("key"),
                new Rejection(Rejection.Kind.valueOf(document.getString("kind")), document.getString("error")),
                document.getInteger("attempts"),
                document.get("payload", ""),
                document.getDate("first").toInstant(),
                document.getDate("at").toInstant());
    }
}
