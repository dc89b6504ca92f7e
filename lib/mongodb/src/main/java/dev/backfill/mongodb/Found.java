package dev.backfill.mongodb;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.Owner;
import dev.backfill.checkpoint.RunState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * A document as it was found.
 *
 * @param expired true if its last beat is older than a lease lasts, by the server's clock
 */
record Found(Document document, boolean expired) {
    /** True if this runtime wrote it; nothing else here may be asked if not. */
    boolean ours() {
        return document.get(Names.OURS) instanceof Document ours && ours.get("epoch") instanceof Number;
    }

    private Document own() {
        return document.get(Names.OURS, Document.class);
    }

    long epoch() {
        return number("epoch");
    }

    long version() {
        return number("version");
    }

    Optional<String> state() {
        return Optional.ofNullable(own().getString("state"));
    }

    Optional<Owner> owner() {
        return Optional.ofNullable(own().get("owner", Document.class)).map(Found::owner);
    }

    boolean is(Lease lease) {
        return epoch() == lease.epoch() && version() == lease.version();
    }

    CheckpointSnapshot stored() {
        Optional<Checkpoint> checkpoint =
                state().map(state -> new Checkpoint(CheckpointJson.read(state, RunState.class), fields()));
        return new CheckpointSnapshot(
                checkpoint, epoch(), version(), owner().map(owner -> new LeaseHolder(owner, number("beats"), expired)));
    }

    /** What stands next to our own field: the documented fields. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(document);
        fields.keySet().removeAll(List.of(Names.ID, Names.OURS));
        return fields;
    }

    private long number(String name) {
        return own().get(name, Number.class).longValue();
    }

    static Document document(Owner owner) {
        return new Document("host", owner.host())
                .append("machine", owner.machine())
                .append("pid", owner.pid())
                .append("process_start", owner.processStart().toString())
                .append("user", owner.user())
                .append("since", owner.since().toString())
                .append("displaced", owner.revoked());
    }

    private static Owner owner(Document owner) {
        return new Owner(
                owner.getString("host"),
                owner.getString("machine"),
                owner.get("pid", Number.class).longValue(),
                Instant.parse(owner.getString("process_start")),
                owner.getString("user"),
                Instant.parse(owner.getString("since")),
                owner.getBoolean("displaced", false));
    }
}
