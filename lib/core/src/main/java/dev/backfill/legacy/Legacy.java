package dev.backfill.legacy;

import dev.backfill.checkpoint.ForeignCheckpointException;
import dev.backfill.connector.Scope;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.CheckpointLayout;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an earlier program's document says, in the script's terms.
 *
 * @param phase the index of the phase whose position it says
 * @param after the key of the last record that the program had done; empty before the first
 * @param again which of the records that it had done are done again
 */
public record Legacy(Backfill plan, Map<String, Object> document, int phase, String after, String again) {
    /** {@link ForeignCheckpointException} if the script does not say how to take it over, or the document is not what it says. */
    public static Legacy read(Backfill plan, Map<String, Object> document) {
        CheckpointLayout layout = plan.layout();
        String again = layout.legacy()
                .orElseThrow(() -> new ForeignCheckpointException("another program wrote the checkpoint, and the"
                        + " script does not say how to take it over: add legacy '…' to its checkpoint { }, or"
                        + " keep a copy of that document and remove it"));
        int phase = IntStream.range(0, plan.phases().size())
                .filter(i -> plan.phases()
                        .get(i)
                        .cursorField()
                        .filter(document::containsKey)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new ForeignCheckpointException("another program wrote the checkpoint, and it has no"
                        + " field for the position of any phase (fields: " + String.join(", ", document.keySet())
                        + "); keep a copy of that document and remove it, or name another place"));
        String field = plan.phases().get(phase).cursorField().orElse("");
        return new Legacy(plan, document, phase, String.valueOf(document.getOrDefault(field, "")), again);
    }

    /** The part that the program had done and that is done again. */
    Scope part() {
        return new Scope(Optional.empty(), Optional.of(after), Optional.of(again));
    }

    /** The number in one of its fields; 0 if there is none. */
    long number(Optional<String> field) {
        return field.map(document::get)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(0L);
    }

    /** In a sentence, what a start does with it. */
    public String told() {
        String name = plan.phases().get(phase).name();
        return after.isEmpty()
                ? "an earlier program's checkpoint is taken over; it had done nothing"
                : "an earlier program's checkpoint is taken over: first the records of " + name + " up to '" + after
                        + "' are done again where " + again + "; then " + name + " continues after it";
    }
}
