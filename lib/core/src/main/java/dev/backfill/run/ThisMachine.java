package dev.backfill.run;

import dev.backfill.checkpoint.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says who we are, and whether another process of this machine is alive. Two processes can see each other only with the same
 * host, boot and process namespace: two containers of one host can both be process 1. No clock that can be set has a part
 * in it.
 */
public final class ThisMachine implements Processes {
    /** Linux counts the start of processes in hundredths of a second since the boot. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int START_FIELD = 19;

    private final Path proc;
    private final String machine;

    public ThisMachine() {
        this(Path.of("/proc"), ThisMachine::bootSession);
    }

    /**
     * @param proc where Linux shows its processes
     * @param session what names the boot of another system, if it has such a name
     */
    ThisMachine(Path proc, Supplier<Optional<String>> session) {
        this.proc = proc;
        // a machine that cannot be told from its like is nobody's: its processes are judged by their heartbeats
        this.machine = host() + "/"
                + linux().or(session).orElseGet(() -> UUID.randomUUID().toString());
    }

    public Owner owner(Instant now) {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(
                host(),
                machine,
                self.pid(),
                start(self).orElse(Instant.EPOCH),
                System.getProperty("user.name", "unknown"),
                now);
    }

    /** A process with the same id that started at another time is another process; one whose start is not shown may be it. */
    @Override
    public boolean alive(Owner owner) {
        Optional<ProcessHandle> process = ProcessHandle.of(owner.pid()).filter(ProcessHandle::isAlive);
        boolean known = !owner.processStart().equals(Instant.EPOCH);
        return process.flatMap(this::start)
                .filter(start -> known)
                .map(owner.processStart().truncatedTo(ChronoUnit.MILLIS)::equals)
                .orElse(process.isPresent());
    }

    private Optional<Instant> start(ProcessHandle process) {
        return Files.exists(proc.resolve("self"))
                ? ticks(process.pid()).map(ticks -> Instant.ofEpochMilli(ticks * MILLIS_PER_TICK))
                : process.info().startInstant().map(start -> start.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The command's name, in brackets, may hold blanks and brackets itself. */
    private Optional<Long> ticks(long pid) {
        return read(proc.resolve(pid + "/stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 1).trim().split(" "))
                .filter(fields -> fields.length > START_FIELD)
                .map(fields -> Long.parseLong(fields[START_FIELD]));
    }

    private Optional<String> linux() {
        return read(proc.resolve("sys/kernel/random/boot_id"))
                .flatMap(boot -> namespace().map(namespace -> boot + "/" + namespace));
    }

    private Optional<String> namespace() {
        try {
            return Optional.of(
                    Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(
                    Files.readString(file, StandardCharsets.ISO_8859_1).trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As macOS names it; two machines with the same host name have different ones. */
    private static Optional<String> bootSession() {
        try {
            Process asked = new ProcessBuilder("sysctl", "-n", "kern.bootsessionuuid").start();
            asked.getOutputStream().close();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            boolean known = asked.waitFor(1, TimeUnit.SECONDS) && asked.exitValue() == 0 && !answer.isEmpty();
            return known ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
