package dev.backfill.control;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Note;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The wishes next to a checkpoint: read by the run, changed by anybody, one after the other. Thread-safe. */
public record WishNote(CheckpointStore store) {
    private static final String NAME = "wishes";

    public Wishes read() {
        return wishes(store.note(NAME));
    }

    /** Changes what is wished; of several who do so at once, each sees what the one before left. */
    public Wishes change(UnaryOperator<Wishes> change) {
        while (true) {
            Optional<Note> note = store.note(NAME);
            long version = note.map(Note::version).orElse(0L);
            Wishes next = change.apply(wishes(note)).numbered(version + 1);
            if (store.write(NAME, version, CheckpointJson.write(next))) {
                return next;
            }
        }
    }

    private static Wishes wishes(Optional<Note> note) {
        return note.map(found -> CheckpointJson.read(found.text(), Wishes.class).numbered(found.version()))
                .orElseGet(Wishes::none);
    }
}
