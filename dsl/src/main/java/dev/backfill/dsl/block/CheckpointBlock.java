package dev.backfill.dsl.block;

import dev.backfill.words.Noun;
import dev.backfill.words.Word;

/** Names the fields of a checkpoint's document, for others who read it. */
@Noun(value = "checkpoint", block = true)
public interface CheckpointBlock {
    @Word(value = "The name of the document; else the backfill's.", example = "document 'backfill_products'")
    void document(String name);

    @Word(value = "The field with the number of the phase, from 1.", example = "phase 'phase'")
    void phase(String field);

    @Word(value = "The field with the number of batches.", example = "batches 'batch_no'")
    void batches(String field);

    @Word(value = "The field with the number of records read.", example = "records 'total_processed'")
    void records(String field);

    @Word(value = "Counts that have a field of their own, by their names.", example = "counters 'updated', 'missing'")
    void counters(String... names);

    @Word(
            value = "With --accept-legacy, an earlier program's document is taken over; of the records that it has"
                    + " done, those for which this is true are done again.",
            example = "legacy 'deleted_at is null or deleted_at >= 1'")
    void legacy(String condition);
}
