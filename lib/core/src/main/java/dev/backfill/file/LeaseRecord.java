package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who owns a checkpoint, as its lease file says.
 *
 * @param owner nothing if nobody does
 */
record LeaseRecord(long epoch, Optional<Owner> owner, long beats, Instant beatAt) {
    static LeaseRecord read(DurableFile file) {
        return file.read(text -> CheckpointJson.read(text, LeaseRecord.class))
                .orElse(new LeaseRecord(0, Optional.empty(), 0, Instant.EPOCH));
    }

    LeaseRecord taken(Owner by, Instant now) {
        return new LeaseRecord(epoch + 1, Optional.of(by), 0, now);
    }

    LeaseRecord beaten(Instant now) {
        return new LeaseRecord(epoch, owner, beats + 1, now);
    }

    LeaseRecord released() {
        return new LeaseRecord(epoch, Optional.empty(), beats, beatAt);
    }

    boolean expired(Instant now) {
        return olderThanLease(beatAt, now);
    }

    static boolean olderThanLease(Instant before, Instant now) {
        return Duration.between(before, now).compareTo(CheckpointStore.LEASE) > 0;
    }
}
