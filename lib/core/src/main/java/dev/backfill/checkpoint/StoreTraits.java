package dev.backfill.checkpoint;

import dev.backfill.connector.Capability;
import dev.backfill.connector.Inspectable;
import java.util.Optional;

/**
 * What a store can do beyond keeping a checkpoint. A store's own traits follow from the interfaces that it implements ({@link
 * #of}); a store that wraps another one makes its traits from that one's with the constructor.
 *
 * @param transactional saves in the transaction that writes the data
 * @param adopting finds another program's checkpoint and takes it over
 * @param inspectable reports problems before a run
 */
public record StoreTraits(
        Optional<TransactionalStore> transactional,
        Optional<AdoptingStore> adopting,
        Optional<Inspectable> inspectable) {
    /** Those of a store that wraps no other. */
    public static StoreTraits of(CheckpointStore store) {
        return new StoreTraits(
                Capability.of(store, TransactionalStore.class),
                Capability.of(store, AdoptingStore.class),
                Capability.of(store, Inspectable.class));
    }
}
