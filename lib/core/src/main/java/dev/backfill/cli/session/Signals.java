package dev.backfill.cli.session;

import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the signals of the operating system into a stop of the run: the first asks for it, a second ends the process at
 * once. A batch that takes too long is given up: its checkpoint has not moved, so it is done again by the next start.
 */
public final class Signals implements AutoCloseable {
    /** Docker allows ten seconds between the two signals that it sends. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final StopSignal stop;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Signals(StopSignal stop) {
        this.stop = stop;
    }

    public static Signals watch(StopSignal stop) {
        Signals signals = new Signals(stop);
        for (Stop each : Stop.signals()) {
            signals.handle(each);
        }
        return signals;
    }

    /** The handler's type is no part of the language's platform, hence by name; without it the process just ends. */
    private void handle(Stop reason) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "handle" -> received(reason);
                        case "equals" -> args[0] == proxy;
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "stop on " + reason;
                    });
            Object named = signal.getConstructor(String.class).newInstance(reason.signal());
            signal.getMethod("handle", signal, handler).invoke(null, named, handling);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // this platform or another handler keeps the signal: the process then ends at once, which loses nothing
        }
    }

    private boolean received(Stop reason) {
        if (stop.given().isPresent()) {
            Runtime.getRuntime().halt(reason.exitCode());
        }
        stop.give(reason);
        Thread watchdog = new Thread(() -> giveUp(reason), "stop-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        return true;
    }

    private void giveUp(Stop reason) {
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(reason.exitCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended; nothing has to be given up any more. */
    @Override
    public void close() {
        ended.countDown();
    }
}
