package dev.backfill.hook;

import dev.backfill.plan.HookEvent;
import dev.backfill.plan.HookRule;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls what a script, or the environment, names for an event; on a thread of its own, one after the other, so that the run
 * neither waits for it nor fails with it. Closing waits for what is under way, at most ten seconds. Thread-safe.
 */
public final class Hooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final int WAITING = 20;
    private static final int PATIENCE_SECONDS = 10;

    private final String backfill;
    private final List<HookRule> rules;
    private final ThreadPoolExecutor thread;

    public Hooks(String backfill, List<HookRule> rules) {
        this.backfill = backfill;
        this.rules = List.copyOf(rules);
        this.thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Hooks::thread);
        this.thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread calling = new Thread(task, "hooks");
        calling.setDaemon(true);
        return calling;
    }

    /**
     * @param text what happened, in a sentence that begins with the backfill's name
     */
    public void tell(HookEvent event, String text) {
        Message message = new Message(event, backfill, text);
        rules.stream().filter(rule -> rule.events().contains(event)).forEach(rule -> later(rule, message));
    }

    private void later(HookRule rule, Message message) {
        try {
            thread.execute(() -> call(rule, message));
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "the hook on {} is left out: too many wait already",
                    message.event().title());
        }
    }

    private static void call(HookRule rule, Message message) {
        try {
            Caller.call(rule.call(), message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the hook on {} failed: {}", message.event().title(), e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
