package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.Note;
import java.nio.file.Path;
import java.util.Optional;

/** The notes beside a checkpoint, a file each: "products.control.json" beside "products.json". */
record NoteFiles(Path checkpoint, String name) {
    /** What is there: a file is replaced whole, so no lock is needed. */
    Optional<Note> read(String note) {
        return file(note).read().map(text -> CheckpointJson.read(text, Note.class));
    }

    /** Under the checkpoint's lock; false if the version is another one. */
    boolean write(String note, long before, String text) {
        if (read(note).map(Note::version).orElse(0L) != before) {
            return false;
        }
        file(note).write(CheckpointJson.write(new Note(before + 1, text)));
        return true;
    }

    private DurableFile file(String note) {
        return new DurableFile(checkpoint.resolveSibling(name + "." + note + ".json"));
    }
}
