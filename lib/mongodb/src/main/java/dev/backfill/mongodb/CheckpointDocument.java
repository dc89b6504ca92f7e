package dev.backfill.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.Owner;
import dev.backfill.connector.UnknownOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The one document, read and changed on conditions. A change whose answer was lost is looked for in the document. */
final class CheckpointDocument {
    private final Place place;
    private final MongoCollection<Document> collection;

    CheckpointDocument(Place place, MongoCollection<Document> collection) {
        this.place = place;
        this.collection = collection;
    }

    /** Nothing if it is not there; refused if it is another program's. */
    Optional<Found> found(String doing) {
        Optional<Found> found = look(doing);
        found.filter(each -> !each.ours()).ifPresent(other -> {
            throw new Foreign(place, other.document()).refusal();
        });
        return found;
    }

    /** Whatever is there. */
    Optional<Found> look(String doing) {
        return Failures.sorting(doing + " " + place, this::look);
    }

    private Optional<Found> look() {
        List<Bson> pipeline = List.of(
                Aggregates.match(Filters.eq(Names.ID, place.document())),
                Aggregates.project(new Document("found", "$$ROOT").append("expired", Names.expired())));
        return Optional.ofNullable(collection.aggregate(pipeline).first())
                .map(answer -> new Found(answer.get("found", Document.class), answer.getBoolean("expired", false)));
    }

    Bson held(Lease lease) {
        return Names.held(place.document(), lease.epoch());
    }

    Bson heldExactly(Lease lease) {
        return Names.held(place.document(), lease.epoch(), lease.version());
    }

    /** Takes it in the state in which it was seen, if nobody was faster. */
    Optional<Lease> take(Owner owner, AcquireCondition claim, CheckpointSnapshot seen) {
        long epoch = seen.epoch() + 1;
        boolean insert = seen.equals(CheckpointSnapshot.nothing());
        Bson filter = insert ? Names.absent(place.document()) : takeable(claim, seen);
        boolean taken = swap(
                "taking",
                () -> write(filter, Changes.take(owner), insert),
                found -> found.epoch() == epoch && found.owner().equals(Optional.of(owner)));
        return taken ? Optional.of(new Lease(owner, epoch, seen.version())) : Optional.empty();
    }

    private Bson takeable(AcquireCondition claim, CheckpointSnapshot seen) {
        Bson same = Filters.and(
                Filters.eq(Names.ID, place.document()),
                Filters.eq(Names.EPOCH, seen.epoch()),
                Filters.eq(Names.VERSION, seen.version()));
        return claim.epoch().equals(OptionalLong.of(seen.epoch())) ? same : Filters.and(same, Names.free());
    }

    /** A change that may as well happen twice; false if its condition does not hold. */
    boolean update(String doing, Bson filter, Bson update) {
        return Failures.sorting(doing + " " + place, () -> write(filter, update, false));
    }

    /**
     * A change that must happen once; false if its condition does not hold.
     *
     * @param ours whether a document is as this change leaves it
     */
    boolean swap(String doing, Bson filter, Bson update, Predicate<Found> ours) {
        return swap(doing, () -> write(filter, update, false), ours);
    }

    private boolean swap(String doing, BooleanSupplier write, Predicate<Found> ours) {
        return Failures.sorting(doing + " " + place, () -> {
            try {
                return write.getAsBoolean();
            } catch (MongoException e) {
                if (!Failures.inDoubt(e)) {
                    throw e;
                }
                return settle(doing, e, write, ours);
            }
        });
    }

    /** The first request may still be under way: so the second, on the same condition, settles which of them counts. */
    private boolean settle(String doing, MongoException lost, BooleanSupplier write, Predicate<Found> ours) {
        try {
            return is(ours) || write.getAsBoolean() || is(ours);
        } catch (MongoException again) {
            lost.addSuppressed(again);
            throw new UnknownOutcome(
                    doing + " " + place + ": the answer was lost (" + lost.getMessage() + "), and asking again failed ("
                            + again.getMessage() + "); it may or may not have taken effect",
                    lost);
        }
    }

    private boolean is(Predicate<Found> ours) {
        return look().filter(Found::ours).filter(ours).isPresent();
    }

    private boolean write(Bson filter, Bson update, boolean insert) {
        try {
            var result = collection.updateOne(filter, update, new UpdateOptions().upsert(insert));
            return result.getMatchedCount() > 0 || result.getUpsertedId() != null;
        } catch (MongoException e) {
            if (insert && Failures.duplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Why a change on the condition of this lease was refused. */
    RuntimeException refusal(String doing, Lease lease, boolean exact) {
        Optional<Found> found = look(doing);
        if (found.isEmpty()) {
            return Losses.gone(place, doing);
        }
        return found.filter(Found::ours)
                .map(ours -> refusal(doing, lease, exact, ours))
                .orElseGet(() ->
                        Losses.overwritten(doing, new Foreign(place, found.get().document())));
    }

    private RuntimeException refusal(String doing, Lease lease, boolean exact, Found found) {
        boolean others = found.epoch() != lease.epoch() || found.owner().isEmpty();
        boolean moved = exact && found.version() != lease.version();
        return others || moved
                ? LeaseLostException.moved(doing + " " + place, lease, found.stored())
                : new UnknownOutcome(doing + " " + place
                        + ": the primary contains a change that a majority has not confirmed" + " yet; read it again");
    }
}
