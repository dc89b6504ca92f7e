package dev.backfill.plan;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;

/** Describes where checkpoints are kept. */
@Noun("checkpoint store")
public interface StoreDefinition {
    /**
     * Opens the place where one backfill keeps its checkpoint.
     *
     * @param document the name of that checkpoint, unique within the store
     */
    CheckpointStore open(Resources resources, String document);

    /** What it is, for messages: "checkpoint_db.inventory_backfill_checkpoint in MongoDB". */
    String title();
}
