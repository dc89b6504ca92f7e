package dev.backfill.http.read;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.http.client.Answer;
import dev.backfill.http.client.ServiceClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes the calls of one batch, and remembers what came of them until all are done. Used by one thread. */
final class Round {
    /** A call that fails so often is given up. */
    private static final int TRIES = 5;

    private final ServiceClient client;
    private final AnswerSource.Asking asking;
    private final Answers answers;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private Cursor batch = Cursor.start();

    Round(ServiceClient client, AnswerSource.Asking asking) {
        this.client = client;
        this.asking = asking;
        this.answers = new Answers(client);
    }

    /** What each of the paths tells. A failure if one has to be tried again: asked for the same batch, only that one is. */
    Map<String, Told> ask(Cursor after, List<String> paths) {
        if (!batch.equals(after)) {
            told.clear();
            tries.clear();
            batch = after;
        }
        while (!told.keySet().containsAll(paths)) {
            Optional<Failure> failure = worst(begin(paths));
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
        return told;
    }

    /** Begins the calls that are open, until one of them fails. */
    private Map<String, CompletableFuture<Answer>> begin(List<String> paths) {
        AtomicBoolean failed = new AtomicBoolean();
        Map<String, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
        for (String path : paths) {
            if (failed.get()) {
                break;
            }
            if (!told.containsKey(path) && !calls.containsKey(path)) {
                calls.put(
                        path,
                        client.begin(path)
                                .whenComplete((answer, failure) -> failed.compareAndSet(
                                        false, failure != null || !(answer.success() || isNone(answer)))));
            }
        }
        return calls;
    }

    private Optional<Failure> worst(Map<String, CompletableFuture<Answer>> calls) {
        return calls.entrySet().stream()
                .map(call -> settle(call.getKey(), call.getValue()))
                .toList() // waits for all of them
                .stream()
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Round::weight));
    }

    /** Remembers what the call tells; a failure if it must be made again, or must not. */
    private Optional<Failure> settle(String path, CompletableFuture<Answer> call) {
        try {
            told.put(path, told(path, call.join()));
            return Optional.empty();
        } catch (CompletionException e) {
            return failed(path, client.failure(path, e));
        } catch (Failure e) {
            return failed(path, e);
        }
    }

    private Told told(String path, Answer answer) {
        if (isNone(answer)) {
            return Told.nothing();
        }
        Object value = answers.required(path, answer, asking.part());
        return value == null ? Told.nothing() : new Told(value, Optional.empty());
    }

    private boolean isNone(Answer answer) {
        return asking.none().contains(answer.status());
    }

    private Optional<Failure> failed(String path, Failure failure) {
        int times = tries.merge(path, 1, Integer::sum);
        boolean hopeless =
                failure instanceof RejectedFailure || (failure instanceof TransientFailure && times >= TRIES);
        if (!hopeless) {
            return Optional.of(failure);
        }
        told.put(path, Told.error(String.valueOf(failure.getMessage())));
        return Optional.empty();
    }

    /** What ends the run before what waits long, before what waits a little. */
    private static Duration weight(Failure failure) {
        if (failure instanceof FatalFailure || failure instanceof RejectedFailure) {
            return Duration.ofDays(10_000);
        }
        return failure instanceof ThrottledFailure throttled
                ? throttled.delay().orElse(Duration.ZERO).plusMillis(1)
                : Duration.ZERO;
    }
}
