package dev.backfill.engine.phase;

import dev.backfill.engine.pacing.Halt;
import dev.backfill.run.HaltedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Works on so many splits at once, the first ones first. When one fails, the others save what they have under way and begin
 * nothing more; the failure is thrown when nothing runs any more.
 */
final class SplitCrew {
    private final int atOnce;
    private final Halt halt;

    SplitCrew(int atOnce, Halt halt) {
        this.atOnce = atOnce;
        this.halt = halt;
    }

    void run(List<SplitWork> open) {
        int threads = Math.min(atOnce, open.size());
        if (threads <= 1) {
            open.forEach(SplitWork::run);
            return;
        }
        ExecutorService crew = Executors.newFixedThreadPool(threads, Threads.named("split"));
        boolean done = false;
        try {
            List<? extends Future<?>> works =
                    open.stream().map(work -> crew.submit(() -> run(work))).toList();
            Optional<Throwable> failure = works.stream()
                    .map(Threads::failure)
                    .flatMap(Optional::stream)
                    .reduce(SplitCrew::worse);
            failure.ifPresent(Threads::raise);
            done = true;
        } finally {
            if (!done) { // what comes after the splits, such as a catch-up, must still be let to begin
                halt.give();
            }
            Threads.end(crew);
        }
    }

    private void run(SplitWork work) {
        boolean done = false;
        try {
            halt.check();
            work.run();
            done = true;
        } finally {
            if (!done) {
                halt.give();
            }
        }
    }

    /** What halted others, not what was halted. */
    private static Throwable worse(Throwable first, Throwable second) {
        return first instanceof HaltedException ? second : first;
    }
}
