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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one batch, and remembers what came of them until all are done; begins some that will be asked for next.
 * Used by one thread.
 */
final class Round {
    private final ServiceClient client;
    private final AnswerSource.Asking asking;
    private final Answers answers;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, CompletableFuture<Answer>> ahead = new LinkedHashMap<>();
    private Cursor batch = Cursor.start();
    private Set<String> window = Set.of();
    private boolean lookedAhead;
    private Trouble trouble = new Trouble();

    Round(ServiceClient client, AnswerSource.Asking asking) {
        this.client = client;
        this.asking = asking;
        this.answers = new Answers(client);
    }

    /**
     * What each of the paths says. A failure if one has to be tried again: asked for the same batch, only that one is. Before it
     * fails, the calls of later batches are made, so that all that fail among them wait together and not one after the other.
     *
     * @param next calls to begin in any case
     * @param later calls to make before a wait
     */
    Map<String, Told> ask(Cursor after, List<String> paths, List<String> next, Supplier<Set<String>> later) {
        if (!batch.equals(after)) {
            told.keySet().removeIf(path -> !paths.contains(path) && !window.contains(path));
            tries.keySet().removeIf(path -> !paths.contains(path) && !window.contains(path));
            batch = after;
            lookedAhead = false;
        }
        ahead.keySet().removeIf(path -> !paths.contains(path) && !next.contains(path));
        while (!told.keySet().containsAll(paths)) {
            Map<String, CompletableFuture<Answer>> calls = begin(paths);
            beginNext(calls, next);
            Optional<Failure> failure = worst(calls);
            if (failure.isPresent()) {
                throw failure.get() instanceof TransientFailure && !trouble.isSerious()
                        ? afterLater(failure.get(), later)
                        : failure.get();
            }
        }
        return told;
    }

    /** Makes the later calls that are open; what fails is tried again with the calls of the batch. */
    private Failure afterLater(Failure failure, Supplier<Set<String>> later) {
        if (!lookedAhead) {
            window = later.get();
            lookedAhead = true;
        }
        return worst(begin(window)).filter(ThrottledFailure.class::isInstance).orElse(failure);
    }

    /** Begins the calls that are open, until the service is in trouble. */
    private Map<String, CompletableFuture<Answer>> begin(Collection<String> paths) {
        trouble = new Trouble();
        Trouble now = trouble;
        Map<String, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
        for (String path : paths) {
            if (now.isSerious()) {
                break;
            }
            if (!told.containsKey(path) && !calls.containsKey(path)) {
                CompletableFuture<Answer> begun = ahead.remove(path);
                calls.put(
                        path,
                        (begun == null ? client.begin(path) : begun)
                                .whenComplete((answer, failure) -> now.ended(answer, isBad(answer, failure))));
            }
        }
        return calls;
    }

    /** Begins what comes next, until one of these fails: a service that is in trouble is not asked for more. */
    private void beginNext(Map<String, CompletableFuture<Answer>> calls, List<String> next) {
        for (String path : next) {
            if (trouble.isSerious() || ahead.values().stream().anyMatch(this::hasFailed)) {
                return;
            }
            if (!calls.containsKey(path) && !told.containsKey(path) && !ahead.containsKey(path)) {
                ahead.put(path, client.begin(path));
            }
        }
    }

    private boolean hasFailed(CompletableFuture<Answer> call) {
        return call.isCompletedExceptionally() || (call.isDone() && isBad(call.join(), null));
    }

    private boolean isBad(@Nullable Answer answer, @Nullable Throwable failure) {
        return failure != null || answer == null || !(answer.success() || isNone(answer));
    }

    private Optional<Failure> worst(Map<String, CompletableFuture<Answer>> calls) {
        return calls.entrySet().stream()
                .map(call -> settle(call.getKey(), call.getValue()))
                .toList() // waits for all of them
                .stream()
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Round::weight));
    }

    /** Remembers what the call says; a failure if it must be made again, or must not. */
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
        boolean hopeless = failure instanceof RejectedFailure
                || (failure instanceof TransientFailure
                        && times >= client.service().attempts());
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
