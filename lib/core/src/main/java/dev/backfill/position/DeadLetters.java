package dev.backfill.position;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.Row;
import dev.backfill.connector.Unreadable;
import dev.backfill.flow.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Writes refusals, and what could not be read, as dead letters of a phase. */
public record DeadLetters(String run, String phase, Function<Row, String> key) {
    private static final String READING = "source";

    public List<DeadLetter> of(List<Refusal> refusals, Instant now) {
        return refusals.stream().map(refusal -> letter(refusal, now)).toList();
    }

    public List<DeadLetter> ofUnreadable(List<Unreadable> unreadable, Instant now) {
        return unreadable.stream()
                .map(one -> new DeadLetter(run, phase, READING, one.key(), one.reason(), 1, one.payload(), now))
                .toList();
    }

    private DeadLetter letter(Refusal refusal, Instant now) {
        Row origin = refusal.item().origin();
        return new DeadLetter(
                run, phase, refusal.where(), key.apply(origin), refusal.reason(), 1, payload(origin), now);
    }

    /** The record as the source gave it; a value that JSON cannot hold makes it a text. */
    private static String payload(Row origin) {
        try {
            return CheckpointJson.write(origin);
        } catch (IllegalArgumentException e) {
            return CheckpointJson.write(String.valueOf(origin));
        }
    }
}
