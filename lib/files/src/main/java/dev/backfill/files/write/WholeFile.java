package dev.backfill.files.write;

import dev.backfill.connector.FatalFailure;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears whole: the one who reads it finds the old one or the new one, also after the power failed. */
record WholeFile(Path path) {
    /** What is written to the file. */
    @FunctionalInterface
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    void write(Content content) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            createFolder(path);
            try (FileOutputStream file = new FileOutputStream(fresh.toFile());
                    OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
                content.to(out);
                out.flush();
                file.getChannel().force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** The rename itself is durable only when the folder is. */
    private void forceFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static void createFolder(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    static FatalFailure failure(Path path, IOException e) {
        return new FatalFailure(
                "writing " + path.toAbsolutePath() + " failed: " + e
                        + "; check the folder, its rights and the disk's space",
                e);
    }
}
