package dev.backfill.dsl.block;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** Names the fields of a checkpoint's document, for others who read it. */
@Noun(value = "checkpoint", task = Task.CHECKPOINT, block = true)
public interface CheckpointBlock {
    @Word(
            value = "Names the document. Without it, the document has the name of the backfill.",
            example = "document 'backfill_products'")
    void document(String name);

    @Word(value = "Names the field for the number of the phase, from 1.", example = "phase 'phase'")
    void phase(String field);

    @Word(value = "Names the field for the number of batches.", example = "batches 'batch_no'")
    void batches(String field);

    @Word(value = "Names the field for the number of records read.", example = "records 'total_processed'")
    void records(String field);

    @Word(
            value = "Gives counts a field of their own; each field has the name of its count.",
            example = "counters 'updated', 'missing'")
    void counters(String... names);

    @Word(
            value = "Accepts the document of an earlier program with --accept-legacy, and processes again "
                    + "those of its records that meet the condition.",
            example = "legacy 'deleted_at is null or deleted_at >= 1'")
    void legacy(String condition);
}
