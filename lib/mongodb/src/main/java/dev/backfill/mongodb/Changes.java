package dev.backfill.mongodb;

import com.mongodb.client.model.Updates;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.Owner;
import dev.backfill.connector.FatalFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.conversions.Bson;

/** The updates of a checkpoint's document. Whatever an owner does counts as a beat, timed by the server. */
final class Changes {
    /** What a document that was taken over begins with. */
    static final Lease ADOPTED = new Lease(new Owner("", "", 0, Instant.EPOCH, "", Instant.EPOCH), 1, 1);

    private Changes() {}

    static Bson renew() {
        return Updates.combine(Updates.inc(Names.BEATS, 1L), Updates.currentDate(Names.BEAT_AT));
    }

    static Bson take(Owner owner) {
        return Updates.combine(
                Updates.inc(Names.EPOCH, 1L),
                Updates.inc(Names.VERSION, 0L),
                Updates.set(Names.OWNER, Found.document(owner)),
                renew());
    }

    static Bson save(Lease saved, String state, Map<String, Object> fields) {
        List<Bson> updates = new ArrayList<>();
        fields.forEach((name, value) -> updates.add(Updates.set(documented(name), value)));
        updates.add(Updates.set(Names.STATE, state));
        updates.add(Updates.set(Names.VERSION, saved.version()));
        updates.add(renew());
        return Updates.combine(updates);
    }

    /** As if there had been an owner that has saved and gone. */
    static Bson adopt(Set<String> before, Map<String, Object> fields, Optional<String> state) {
        List<Bson> updates = new ArrayList<>();
        before.stream().filter(name -> !fields.containsKey(name)).forEach(name -> updates.add(Updates.unset(name)));
        fields.forEach((name, value) -> updates.add(Updates.set(documented(name), value)));
        state.ifPresent(text -> updates.add(Updates.set(Names.STATE, text)));
        updates.add(Updates.set(Names.EPOCH, ADOPTED.epoch()));
        updates.add(Updates.set(Names.VERSION, ADOPTED.version()));
        updates.add(renew());
        return Updates.combine(updates);
    }

    static Bson release() {
        return Updates.unset(Names.OWNER);
    }

    static Bson clear(Set<String> fields) {
        List<Bson> updates = new ArrayList<>();
        fields.forEach(name -> updates.add(Updates.unset(name)));
        updates.add(Updates.unset(Names.STATE));
        updates.add(renew());
        return Updates.combine(updates);
    }

    private static String documented(String name) {
        if (name.isEmpty()
                || name.startsWith("$")
                || name.contains(".")
                || Set.of(Names.ID, Names.OURS).contains(name)) {
            throw new FatalFailure(
                    "saving the checkpoint: '" + name + "' cannot be a field of a MongoDB document next to the"
                            + " runtime's own; give the documented field another name,"
                            + " without dots and dollar signs");
        }
        return name;
    }
}
