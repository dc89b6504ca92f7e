package dev.backfill.mongodb;

import com.mongodb.client.MongoCollection;
import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.AdoptingStore;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.checkpoint.Note;
import dev.backfill.checkpoint.Owner;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Inspectable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.Document;

/**
 * Keeps a backfill's checkpoint in one document: the documented fields at its top level, everything else below the field
 * {@code backfill}. Each step is one update of that document, on a condition that the server checks.
 */
final class MongoStore implements CheckpointStore, AdoptingStore, Inspectable {
    /** More than enough for the others to settle who holds a checkpoint that was free a moment ago. */
    private static final int TRIES = 5;

    private final Place place;
    private final CheckpointDocument document;
    private final DeadLetters letters;
    private final StoreLook look;
    private final Notes notes;

    MongoStore(Place place, MongoCollection<Document> collection, DeadLetters letters, StoreLook look, Notes notes) {
        this.place = place;
        this.document = new CheckpointDocument(place, collection);
        this.letters = letters;
        this.look = look;
        this.notes = notes;
    }

    @Override
    public List<Diagnostic> inspect() {
        return look.findings();
    }

    @Override
    public CheckpointSnapshot read() {
        return document.found("reading").map(Found::stored).orElseGet(CheckpointSnapshot::nothing);
    }

    @Override
    public Optional<Map<String, Object>> foreign() {
        return document.look("reading").filter(found -> !found.ours()).map(Found::fields);
    }

    @Override
    public void adopt(Map<String, Object> seen, Optional<Checkpoint> checkpoint) {
        Optional<String> state = checkpoint.map(saved -> CheckpointJson.write(saved.run()));
        Map<String, Object> fields = checkpoint.map(Checkpoint::fields).orElseGet(Map::of);
        boolean done = document.swap(
                "taking over",
                Names.foreign(place.document(), seen),
                Changes.adopt(seen.keySet(), fields, state),
                found -> found.is(Changes.ADOPTED) && found.state().equals(state));
        if (!done) {
            throw Losses.changed(place);
        }
    }

    @Override
    public Lease acquire(Owner owner, AcquireCondition claim) {
        for (int i = 0; i < TRIES; i++) {
            CheckpointSnapshot seen = read();
            if (!takeable(seen, claim)) {
                throw LeaseLostException.held("taking " + place, seen);
            }
            Optional<Lease> lease = document.take(owner, claim, seen);
            if (lease.isPresent()) {
                return lease.get();
            }
        }
        throw new LeaseLostException("taking " + place + ": others were faster each time; start again");
    }

    private static boolean takeable(CheckpointSnapshot stored, AcquireCondition claim) {
        return stored.holder().map(LeaseHolder::expired).orElse(true)
                || claim.epoch().equals(OptionalLong.of(stored.epoch()));
    }

    @Override
    public void renew(Lease lease) {
        String doing = "renewing the lease of";
        if (!document.update(doing, document.held(lease), Changes.renew())) {
            throw document.refusal(doing, lease, false);
        }
    }

    @Override
    public Lease save(Lease lease, Checkpoint checkpoint) {
        String state = CheckpointJson.write(checkpoint.run());
        Lease saved = lease.saved();
        boolean done = document.swap(
                "saving",
                document.heldExactly(lease),
                Changes.save(saved, state, checkpoint.fields()),
                found -> found.is(saved) && found.state().equals(Optional.of(state)));
        if (!done) {
            throw document.refusal("saving", lease, true);
        }
        return saved;
    }

    @Override
    public void release(Lease lease) {
        document.update("releasing", document.held(lease), Changes.release());
    }

    @Override
    public void clear(Lease lease) {
        Set<String> fields =
                document.look("clearing").map(found -> found.fields().keySet()).orElseGet(Set::of);
        if (!document.update("clearing", document.heldExactly(lease), Changes.clear(fields))) {
            throw document.refusal("clearing", lease, true);
        }
        Failures.sorting("setting the dead letters aside of " + place, () -> {
            letters.setAside();
            return lease;
        });
    }

    @Override
    public void addDeadLetters(Lease lease, List<DeadLetter> dead) {
        renew(lease);
        if (!dead.isEmpty()) {
            Failures.sorting("adding dead letters to " + place, () -> {
                letters.add(lease.epoch(), dead);
                return lease;
            });
        }
    }

    @Override
    public void removeDeadLetters(Lease lease, List<DeadLetter> gone) {
        renew(lease);
        Failures.sorting("removing dead letters of " + place, () -> {
            letters.remove(gone);
            return lease;
        });
    }

    @Override
    public List<DeadLetter> deadLetters(long skip, int most) {
        return Failures.sorting("reading the dead letters of " + place, () -> letters.some(skip, most));
    }

    @Override
    public List<DeadLetter> formerDeadLetters(long skip, int most) {
        return Failures.sorting("reading the dead letters of " + place, () -> letters.former(skip, most));
    }

    @Override
    public List<LetterCount> letterCounts() {
        return Failures.sorting("counting the dead letters of " + place, letters::counts);
    }

    @Override
    public long countDeadLetters() {
        return Failures.sorting("counting the dead letters of " + place, letters::count);
    }

    @Override
    public Optional<Note> note(String name) {
        return Failures.sorting("reading the notes of " + place, () -> notes.read(name));
    }

    @Override
    public boolean write(String name, long version, String text) {
        return Failures.sorting("writing the notes of " + place, () -> notes.write(name, new Note(version + 1, text)));
    }

    /** The connection is the run's, and is closed with it. */
    @Override
    public void close() {}
}
