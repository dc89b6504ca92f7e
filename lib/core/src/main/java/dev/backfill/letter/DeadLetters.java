package dev.backfill.letter;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.MalformedRecord;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.flow.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Writes refusals, and what could not be read, as dead letters of a phase. */
public record DeadLetters(String run, String phase, Function<Row, String> key) {
    private static final String READING = "source";
    /** More of an error helps nobody. */
    private static final int LONGEST_ERROR = 2_000;

    public List<DeadLetter> of(List<Refusal> refusals, Instant now) {
        return refusals.stream().map(refusal -> letter(refusal, now)).toList();
    }

    public List<DeadLetter> ofUnreadable(List<MalformedRecord> unreadable, Instant now) {
        return unreadable.stream()
                .map(one -> letter(
                        READING,
                        one.key(),
                        new Rejection(Rejection.Kind.UNREADABLE, Payload.withoutSecrets(one.reason())),
                        Payload.bounded(Payload.withoutSecrets(one.payload())),
                        now))
                .toList();
    }

    private DeadLetter letter(Refusal refusal, Instant now) {
        Row origin = refusal.item().origin();
        Rejection told = new Rejection(refusal.rejection().kind(), Payload.withoutSecrets(refusal.reason(), origin));
        return letter(refusal.where(), key.apply(origin), told, Payload.of(origin), now);
    }

    private DeadLetter letter(String where, String at, Rejection rejection, String payload, Instant now) {
        String reason = rejection.reason();
        Rejection told = reason.length() <= LONGEST_ERROR
                ? rejection
                : new Rejection(rejection.kind(), reason.substring(0, LONGEST_ERROR) + "…");
        return new DeadLetter(run, phase, where, at, told, 1, payload, now, now);
    }
}
