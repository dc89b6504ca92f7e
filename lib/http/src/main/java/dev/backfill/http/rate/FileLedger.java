package dev.backfill.http.rate;

import dev.backfill.connector.FatalFailure;
import dev.backfill.time.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * Keeps a rate in a file that all processes of one machine share. The operating system takes the file's lock from a process
 * that dies.
 */
final class FileLedger implements Ledger {
    private static final long LOOK_NANOS = 100_000;

    private final Rate rate;
    private final Path file;
    private final Time time;

    FileLedger(Rate rate, Path file, Time time) {
        this.rate = rate;
        this.file = file.toAbsolutePath();
        this.time = time;
    }

    @Override
    public synchronized long with(ToLongFunction<Window> use) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = locked(channel)) {
                assert lock.isValid();
                Window window = read(channel);
                long answer = use.applyAsLong(window);
                write(channel, window);
                return answer;
            }
        } catch (IOException e) {
            throw new FatalFailure(
                    "sharing the rate in " + file + " failed: " + e
                            + "; check the folder, its rights and the disk's space",
                    e);
        }
    }

    /** The wall clock, which all processes have in common. */
    @Override
    public long now() {
        Instant now = time.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private Window read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Window.size(rate) + 1);
        int offset = 0;
        for (int read = 0; read >= 0 && bytes.hasRemaining(); offset += Math.max(0, read)) {
            read = channel.read(bytes, offset);
        }
        return Window.read(rate, bytes.flip());
    }

    private static void write(FileChannel channel, Window window) throws IOException {
        ByteBuffer bytes = window.written();
        channel.truncate(bytes.remaining());
        for (long offset = 0; bytes.hasRemaining(); ) {
            offset += channel.write(bytes, offset);
        }
    }

    /** Another ledger of this process makes the lock fail instead of wait. */
    private static FileLock locked(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }
}
