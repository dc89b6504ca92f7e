package dev.backfill.file;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time, and in it one thread, change what a lock file stands for. The operating system takes the lock
 * from a process that dies.
 */
record FolderLock(Path path) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 200_000;

    /** Runs the work under the lock; {@link TransientFailure} if it cannot be had for ten seconds. */
    <T> T holding(Supplier<T> work) {
        try {
            OwnerOnly.createFolder(path.toAbsolutePath().resolveSibling(""));
            try (FileChannel channel = OwnerOnly.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                assert lock.isValid();
                return work.get();
            }
        } catch (IOException e) {
            throw new FatalFailure(
                    "locking " + path.toAbsolutePath() + " failed: " + e + "; check the folder and its rights", e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new TransientFailure("another process keeps " + path.toAbsolutePath() + " locked");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return null;
        }
    }
}
