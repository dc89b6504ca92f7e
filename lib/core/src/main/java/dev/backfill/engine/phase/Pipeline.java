package dev.backfill.engine.phase;

import dev.backfill.connector.Batch;
import dev.backfill.flow.WrittenBatch;
import dev.backfill.run.HaltedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Works on several batches of a split at once, and hands them on in the order in which they were read: one thread reads
 * ahead, others write, the caller's saves. At most so many batches are in memory as the inFlight says. The first failure in
 * that order ends it; nothing of it runs any more when {@link #run} has returned.
 */
final class Pipeline {
    private final int inFlight;
    private final Stages stages;
    private final Semaphore room;
    private final BlockingQueue<Future<WrittenBatch>> order = new LinkedBlockingQueue<>();

    /** What is done with each batch. */
    interface Stages {
        /**
         * The next batch; called by one thread.
         *
         * @param idle returns when all batches before it are saved
         */
        Batch read(Runnable idle);

        /**
         * Called by several threads.
         *
         * @param number counts the batches from 0
         */
        WrittenBatch write(Batch batch, long number);

        /** Called by one thread, in the order in which the batches were read. */
        void save(WrittenBatch written);

        /** Some of it has failed: all that is under way is to begin nothing more. */
        void halt();
    }

    Pipeline(int inFlight, Stages stages) {
        this.inFlight = inFlight;
        this.stages = stages;
        this.room = new Semaphore(inFlight);
    }

    /** Returns when the last batch is saved. */
    void run(String name) {
        ExecutorService writers = Executors.newFixedThreadPool(inFlight, Threads.named(name + " writer"));
        ExecutorService reader = Executors.newSingleThreadExecutor(Threads.named(name + " reader"));
        Future<?> reading = reader.submit(() -> readAhead(writers));
        boolean done = false;
        try {
            saveAll();
            done = true;
        } finally {
            if (!done) {
                stages.halt();
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
                batch = stages.read(this::untilIdle);
                order.add(submitted(writers, batch, number++));
            } while (!batch.last());
        } catch (InterruptedException e) {
            order.add(CompletableFuture.failedFuture(new HaltedException()));
        } catch (RuntimeException | Error e) {
            order.add(CompletableFuture.failedFuture(e));
        }
    }

    private Future<WrittenBatch> submitted(ExecutorService writers, Batch batch, long number) {
        return writers.submit(() -> stages.write(batch, number));
    }

    /** All places but the reader's own. */
    private void untilIdle() {
        try {
            room.acquire(inFlight - 1);
            room.release(inFlight - 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaltedException();
        }
    }

    private void saveAll() {
        boolean last;
        do {
            WrittenBatch written = next();
            stages.save(written);
            room.release();
            last = written.batch().last();
        } while (!last);
    }

    private WrittenBatch next() {
        try {
            Future<WrittenBatch> oldest = order.take();
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
