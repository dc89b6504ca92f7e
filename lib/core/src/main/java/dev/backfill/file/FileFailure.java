package dev.backfill.file;

import dev.backfill.connector.FatalFailure;
import java.io.IOException;
import java.nio.file.Path;

/** Says which file could not be read or written, why, and what to check. */
final class FileFailure {
    private FileFailure() {}

    static FatalFailure of(String doing, Path path, IOException e) {
        return new FatalFailure(
                doing + " " + path.toAbsolutePath() + " failed: " + e
                        + "; check the folder, its permissions and the disk's space",
                e);
    }
}
