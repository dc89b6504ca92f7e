package dev.backfill.sandbox.cli;

import dev.backfill.sandbox.Sandbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Ends a sandbox, and what was started in it, exactly once: when the work is done or when a signal stops the process. */
final class Guard implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread hook = new Thread(this::endBySignal, "sandbox-end");
    private volatile boolean signalled;

    Guard(Sandbox sandbox) {
        parts.push(sandbox);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** To be closed before whatever is guarded already. */
    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Does the work; what goes wrong because the servers are being stopped is not reported. */
    int work(Callable<Integer> work) throws Exception {
        try {
            int code = work.call();
            waitIfEnding();
            return code;
        } catch (Exception e) {
            waitIfEnding();
            throw e;
        }
    }

    /** Waits until a signal ends the process. */
    static void awaitSignal() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** Does not return if a signal ends the process, which it does with its own exit code as soon as all parts are. */
    void waitIfEnding() throws InterruptedException {
        if (signalled) {
            awaitSignal();
        }
    }

    private void endBySignal() {
        signalled = true;
        end();
    }

    // One that cannot be ended does not keep the others.
    private synchronized void end() {
        if (!parts.isEmpty()) {
            try {
                close(parts.pop());
            } finally {
                end();
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("a part of the sandbox could not be ended: " + e.getMessage(), e);
        }
    }
}
