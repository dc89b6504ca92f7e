package dev.backfill.engine.phase;

import dev.backfill.run.HaltedException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads that end with the work they were made for, and failures that come back from them. */
final class Threads {
    private Threads() {}

    /** Daemons, so that none of them keeps a process alive that was asked to end. */
    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Waits for the end of the task; its failure, if it failed. */
    static Optional<Throwable> failure(Future<?> task) {
        try {
            task.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new HaltedException());
        }
    }

    /** Throws what was thrown on another thread, as it is. */
    static void raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** Takes no more tasks, and returns when those that were taken have ended. */
    static void end(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
