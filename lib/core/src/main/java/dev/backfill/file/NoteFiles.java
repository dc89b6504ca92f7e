package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The notes next to a checkpoint, a file each: "products.control.json" next to "products.json". */
record NoteFiles(Path checkpoint, String name) {
    /** What is there: a file is replaced whole, so no lock is needed. */
    Optional<Note> read(String note) {
        return file(note).read(NoteFiles::parse);
    }

    /** Under the checkpoint's lock; false if the version is another one. */
    boolean write(String note, long before, String text) {
        if (read(note).map(Note::version).orElse(0L) != before) {
            return false;
        }
        file(note).write(CheckpointJson.write(new Note(before + 1, text)));
        return true;
    }

    private static Note parse(String text) {
        return CheckpointJson.read(text, Note.class);
    }

    /** The notes that cannot be read, each as its file. */
    List<DurableFile> damaged() {
        Path folder = checkpoint.toAbsolutePath().resolveSibling("");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(this::isNote)
                    .map(DurableFile::new)
                    .filter(file -> file.isDamaged(NoteFiles::parse))
                    .toList();
        } catch (IOException e) {
            throw FileFailure.of("reading", folder, e);
        }
    }

    private boolean isNote(Path file) {
        String text = file.getFileName().toString();
        return text.startsWith(name + ".")
                && text.endsWith(".json")
                && !text.equals(name + ".lease.json")
                && !text.equals(name + ".json")
                && !text.startsWith(name + ".part-");
    }

    private DurableFile file(String note) {
        return new DurableFile(checkpoint.resolveSibling(name + "." + note + ".json"));
    }
}
