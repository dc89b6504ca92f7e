package dev.backfill.engine.phase;

import dev.backfill.connector.Batch;
import dev.backfill.run.HaltedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on several batches of a split at once, and hands them on in the order in which they were read: one thread reads
 * ahead, others write, the caller's saves. At most so many batches are in memory as the window says. The first failure in
 * that order ends it; nothing of it runs any more when {@link #run} has returned.
 */
final class Pipeline {
    private final int window;
    private final Function<Runnable, Batch> read;
    private final Work work;
    private final Consumer<Ready> save;
    private final Semaphore room;
    private final BlockingQueue<Future<Ready>> order = new LinkedBlockingQueue<>();

    /** What is done with a batch on a thread of its own. */
    @FunctionalInterface
    interface Work {
        /**
         * @param number counts the batches from 0
         */
        Ready on(Batch batch, long number);
    }

    /**
     * @param read gives the next batch; is told how to wait until all before it are saved
     */
    Pipeline(int window, Function<Runnable, Batch> read, Work work, Consumer<Ready> save) {
        this.window = window;
        this.read = read;
        this.work = work;
        this.save = save;
        this.room = new Semaphore(window);
    }

    /**
     * Returns when the last batch is saved.
     *
     * @param halt tells all that is under way to begin nothing more, after a failure
     */
    void run(String name, Runnable halt) {
        ExecutorService writers = Executors.newFixedThreadPool(window, Threads.named(name + " writer"));
        ExecutorService reader = Executors.newSingleThreadExecutor(Threads.named(name + " reader"));
        Future<?> reading = reader.submit(() -> readAhead(writers));
        boolean done = false;
        try {
            saveAll();
            done = true;
        } finally {
            if (!done) {
                halt.run();
                reading.cancel(true);
            }
            Threads.end(reader);
            Threads.end(writers);
        }
    }

    private void readAhead(ExecutorService writers) {
        try {
            Batch batch;
            long number = 0;
            do {
                room.acquire();
                batch = read.apply(this::untilIdle);
                order.add(submitted(writers, batch, number++));
            } while (!batch.last());
        } catch (InterruptedException e) {
            order.add(CompletableFuture.failedFuture(new HaltedException()));
        } catch (RuntimeException | Error e) {
            order.add(CompletableFuture.failedFuture(e));
        }
    }

    private Future<Ready> submitted(ExecutorService writers, Batch batch, long number) {
        return writers.submit(() -> work.on(batch, number));
    }

    /** All places but the reader's own. */
    private void untilIdle() {
        try {
            room.acquire(window - 1);
            room.release(window - 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaltedException();
        }
    }

    private void saveAll() {
        boolean last;
        do {
            Ready ready = next();
            save.accept(ready);
            room.release();
            last = ready.batch().last();
        } while (!last);
    }

    private Ready next() {
        try {
            Future<Ready> oldest = order.take();
            Threads.failure(oldest).ifPresent(Threads::raise);
            return oldest.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaltedException();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
