package dev.backfill.run;

import dev.backfill.checkpoint.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who we are, and whether another process of this machine is alive. Two processes can see each other only with the same
 * host, boot and process namespace: two containers of one host can both be process 1.
 */
public final class ThisMachine implements Processes {
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    public Owner owner(Instant now) {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(
                host(),
                host() + "/" + boot() + "/" + namespace(),
                self.pid(),
                self.info().startInstant().orElse(Instant.EPOCH),
                System.getProperty("user.name", "unknown"),
                now);
    }

    /** A process with the same id that started at another time is another process. */
    @Override
    public boolean alive(Owner owner) {
        Optional<ProcessHandle> process = ProcessHandle.of(owner.pid()).filter(ProcessHandle::isAlive);
        return process.flatMap(found -> found.info().startInstant())
                .map(start ->
                        Duration.between(start, owner.processStart()).abs().compareTo(CLOCK_STEP) < 0)
                .orElse(process.isPresent());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }
}
