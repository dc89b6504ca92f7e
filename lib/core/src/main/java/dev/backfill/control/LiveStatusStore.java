package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Note;
import java.util.Optional;

/** The pulse next to a checkpoint: written by its run, read by anybody. */
public record LiveStatusStore(CheckpointStore store) {
    private static final String NAME = "pulse";

    public Optional<LiveStatus> read() {
        return store.note(NAME).map(note -> CheckpointJson.read(note.text(), LiveStatus.class));
    }

    /** The last one stands; the one who loses against another one tries again with the next beat. */
    public void write(LiveStatus pulse) {
        store.write(NAME, store.note(NAME).map(Note::version).orElse(0L), CheckpointJson.write(pulse));
    }
}
